import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { CallMedia } from './audio/callMedia.ts';
import { createFrameClock } from './audio/frameClock.ts';
import { createCallLog } from './callLog.ts';
import { createCallReporter } from './callReporter.ts';
import { createPhoneLines } from './phoneLines.ts';
import { type Agent, createAgent } from './signalling/agent.ts';
import { createScreen } from './signalling/screening.ts';
import type { SwitchCallView } from './simulatedCall.ts';

export type { SwitchCallView } from './simulatedCall.ts';

/** An offer with its candidates is a few kB; nothing a phone sends is larger than this. */
const LARGEST_MESSAGE_BYTES = 65_536;
const MOST_CONNECTIONS = 500;
/** What ending the calls, and then sending what is left to the relay, may take at the end. */
const GOODBYE_WITHIN_MS = 500;
const DRAIN_WITHIN_MS = 3_000;

export interface SwitchOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly orgId: string;
  /** The SIP domain: digest realm and host of every address of record. */
  readonly domain: string;
  readonly credentialSecret: string;
  readonly permitSecret: string;
  readonly relayUrl: string;
  /** Signs the call detail. */
  readonly signingKey: string;
  readonly log: (text: string) => void;
  /** What every wait of a prospect is multiplied by; 1 unless a test is in a hurry. */
  readonly timeScale?: number;
}

export interface LocalSwitch {
  readonly port: number;
  /** The calls in progress and the last 50 that ended, oldest first. */
  calls(): readonly SwitchCallView[];
  /** Events that the relay has not acknowledged yet. */
  readonly unsentEvents: number;
  /** Ends the calls with BYE, then gives the relay a few seconds to take the events that are left. */
  close(): Promise<void>;
}

/**
 * Starts the embedded switch: SIP over WebSocket (RFC 7118) on the loopback, with a simulated prospect at every number
 * (`prospects.ts` says who lives where). What a phone has to do:
 *
 * - Connect with the subprotocol `sip`. A double line break is answered by a single one, OPTIONS by 200.
 * - REGISTER its address of record `sip:<userId>@<domain>` with digest (MD5, `qop=auth`) and the relay's short-lived
 *   credential. 401 asks for the digest, 403 refuses; `X-Scoreline-Error: tokenExpired` asks for a new credential.
 *   A binding lasts ten minutes at most and never longer than the credential: renew before `expires` of the answer.
 * - INVITE `sip:<E.164 with +>@<domain>` on the connection it registered on, From its address of record, with
 *   `X-Scoreline-Call`, `X-Scoreline-Permit` and an offer of PCMU over DTLS-SRTP. 407 asks for the digest. 403 with
 *   `X-Scoreline-Error: permitMissing | permitInvalid` refuses; a call id is good for one INVITE, so dial again with a
 *   new one. No early media: play the ringing tone at 180.
 * - Hold by a re-INVITE with `sendonly` or `inactive`, resume with `sendrecv`. Requests within a call are not challenged.
 * - After a dropped connection: connect and REGISTER with the same contact, then re-INVITE (with an ICE restart if the
 *   network changed) within 30 s. The call is waiting; without sound it waits 5 s. Another contact is another phone.
 *
 * Call detail goes to the relay as the witness `switch`.
 * @throws when the port is taken
 */
export async function createSwitch(options: SwitchOptions): Promise<LocalSwitch> {
  const reporter = createCallReporter(options);
  const callLog = createCallLog(options.timeScale ?? 1, (call, event) =>
    reporter.report(call.callId, call.userId, event),
  );
  const screen = createScreen(options, (phone) => lines.bound(phone));
  const clock = createFrameClock();
  const lines = createPhoneLines({
    createAgent: (connectionId, calls): Agent =>
      createAgent({
        domain: options.domain,
        createMedia: () => new CallMedia(clock),
        screen: (message) => screen.judge(message, connectionId()),
        onCall: (invitation, call) => callLog.begin(invitation, call, calls),
      }),
    onClosed: screen.forgetConnection,
  });
  const server = await listen(options.port);
  server.on('connection', (socket) => lines.accept(socket));
  const address = server.address();

  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    calls: callLog.views,
    get unsentEvents() {
      return reporter.unsent;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      await lines.close(GOODBYE_WITHIN_MS);
      await closed;
      await reporter.close(DRAIN_WITHIN_MS);
    },
  };
}

async function listen(port: number): Promise<WebSocketServer> {
  const server: WebSocketServer = new WebSocketServer({
    // Nothing of the sandbox is reachable from another machine.
    host: '127.0.0.1',
    port,
    maxPayload: LARGEST_MESSAGE_BYTES,
    // SIP.js needs a turn of the event loop between an ACK and the re-INVITE after it, or it refuses that with 500.
    allowSynchronousEvents: false,
    handleProtocols: () => 'sip',
    verifyClient: ({ req }, decide) => {
      const protocols = (req.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
      if (!protocols.includes('sip')) decide(false, 400);
      else decide(server.clients.size < MOST_CONNECTIONS, 503);
    },
  });
  await once(server, 'listening');
  return server;
}
