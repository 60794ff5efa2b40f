import type { NetworkEvent, OutcomeEvent } from '@scoreline/contract';
import type {
  Acknowledgement,
  PermitRequest,
  PermitResponse,
  SessionResponse,
} from '@scoreline/contract/wire';

/** The relay. Every method rejects with a PhoneError: the relay's own error, or `relayUnreachable`. */
export interface Relay {
  openSession(orgToken: string): Promise<SessionResponse>;
  requestPermit(relayToken: string, request: PermitRequest): Promise<PermitResponse>;
  sendEvents(relayToken: string, callId: string, events: readonly NetworkEvent[]): Promise<Acknowledgement>;
  sendOutcome(relayToken: string, callId: string, outcome: OutcomeEvent): Promise<Acknowledgement>;
}
