import type { SipAccount } from './callGateway.ts';

type IceServers = SipAccount['iceServers'];

/** What a browser can find out about sound before there is a call. */
export interface MediaChecks {
  /** Whether a media server (TURN) lends this computer an address, within some seconds. */
  reachesTurn(iceServers: IceServers): Promise<boolean>;
  /** Whether the browser offers a sound format that the switch speaks: PCMU or Opus. */
  offersCodec(): Promise<boolean>;
}
