import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { WebSocketServer } from 'ws';
import { listen } from '../loopback.ts';
import { CallMedia } from './audio/callMedia.ts';
import { createFrameClock } from './audio/frameClock.ts';
import { ANONYMOUS_USER } from '@scoreline/contract';
import { type CallDirectory, createCallDirectory } from './callDirectory.ts';
import { createCallReporter } from './callReporter.ts';
import type { InboundRequest } from './callers.ts';
import { runEcho } from './echo.ts';
import { type CallablePhone, createInboundCalls } from './inboundCalls.ts';
import { placeCall } from './outboundCall.ts';
import { createPhoneLines, type PhoneLines } from './phoneLines.ts';
import { atPace, prospectAt } from './prospects.ts';
import { followReferral, type ReferralOptions } from './referrals.ts';
import { rejoinCall } from './rejoin.ts';
import type { CallStanding } from './signalling/admission.ts';
import { createAgent } from './signalling/agent.ts';
import { createScreen } from './signalling/screening.ts';
import type { SwitchCallView } from './switchCall.ts';
import { takeMessage } from './takeMessage.ts';
import { createVoicemailBox } from './voicemailBox.ts';

export type { SwitchCallView } from './switchCall.ts';
export { inboundRequestSchema } from './callers.ts';

/** An offer with its candidates is a few kB; nothing a phone sends is larger than this. */
const LARGEST_MESSAGE_BYTES = 65_536;
const MOST_CONNECTIONS = 500;
/** What ending the calls, and then sending what is left to the relay, may take at the end. */
const GOODBYE_WITHIN_MS = 500;
const DRAIN_WITHIN_MS = 3_000;
/** How long two far ends talk after a transfer: nobody else would end it. */
const BRIDGE_MS = 60_000;

export interface SwitchOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly orgId: string;
  /** The SIP domain: digest realm and host of every address of record. */
  readonly domain: string;
  readonly credentialSecret: string;
  readonly permitSecret: string;
  readonly relayUrl: string;
  /** Where the messages of callers are kept. */
  readonly voicemailDirectory: string;
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
  /** Has a simulated caller ring a user, and returns the call's id. */
  callIn(request: InboundRequest): string;
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
 *   new one. Play the ringing tone at 180; at 183 the far end's own announcement is heard.
 * - Rejoin a call that is up, from another page or tab, by an INVITE with its id to its number (or `anonymous`) and a
 *   fresh permit; 481 when it is over. INVITE `sip:echo@<domain>` needs no permit and sends the sound back.
 * - Take calls that come in by an INVITE to the registered contact, with `X-Scoreline-Call`. 603 rejects it everywhere; a
 *   CANCEL with the Reason `Call completed elsewhere` means that another phone has it.
 * - Transfer and confer by REFER: `referrals.ts`.
 * - Hold by a re-INVITE with `sendonly` or `inactive`, resume with `sendrecv`. Requests within a call are not challenged.
 * - After a dropped connection: connect and REGISTER with the same contact, then re-INVITE (with an ICE restart if the
 *   network changed) within 20 s. The call is waiting. Another contact is another phone.
 *
 * Call detail goes to the relay as the witness `switch`.
 * @throws when the port is taken
 */
export async function createSwitch(options: SwitchOptions): Promise<LocalSwitch> {
  const reporter = createCallReporter(options);
  const clock = createFrameClock();
  const timeScale = options.timeScale ?? 1;
  const calls = createCallDirectory({
    clock,
    onEvent: (call, event) => reporter.report(call, event),
    onRefer: (call, referral) => followReferral(call, referral, referrals),
  });
  const screen = createScreen(options, standingIn(calls), (phone) => {
    lines.bound(phone);
    inbound.joinRinging(phone.userId);
  });
  const referrals: ReferralOptions = {
    calls,
    permits: screen.permits,
    prospectAt: (numberE164) => atPace(prospectAt(numberE164), timeScale),
    bridgeMs: BRIDGE_MS * timeScale,
  };
  const lines = createPhoneLines({
    createAgent: (connectionId, link) =>
      createAgent({
        domain: options.domain,
        createMedia: () => new CallMedia(),
        screen: (message) => screen.judge(message, connectionId()),
        onCall: (invitation, { callId, destination, purpose, userId }) => {
          const running = calls.find(callId);
          if (purpose === 'echo') runEcho(invitation, link, clock);
          else if (running !== undefined) void rejoinCall(running, invitation, link);
          else {
            const call = calls.open({ callId, userId, direction: 'outbound', numberE164: destination });
            placeCall(call, invitation, link, referrals.prospectAt(destination));
          }
        },
      }),
    onClosed: screen.forgetConnection,
  });
  const phonesOf = (userId: string): CallablePhone[] =>
    screen.phonesOf(userId).flatMap(({ connectionId, contactKey, contactUri }) => {
      const phone = lines.phoneOf(connectionId);
      if (phone === undefined) return [];
      const { agent, link } = phone;
      const invite: CallablePhone['invite'] = (callId, from) =>
        agent.invite({ callId, contactUri, from, userId });
      return [{ contactKey, link, invite }];
    });
  const voicemails = createVoicemailBox({
    directory: options.voicemailDirectory,
    permitSecret: options.permitSecret,
    nowEpochSeconds: () => Math.floor(Date.now() / 1_000),
  });
  const inbound = createInboundCalls({
    calls,
    timeScale,
    phonesOf,
    onMinted: screen.permits.spend,
    takeMessage: (call, behaviour) => takeMessage(call, behaviour, voicemails.keep),
  });
  const http = createServer(express().disable('x-powered-by').use(voicemails.router));
  acceptPhones(http, lines);
  await listen(http, options.port);
  const address = http.address();

  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    calls: calls.views,
    callIn: (request) => inbound.begin(request).identity.callId,
    get unsentEvents() {
      return reporter.unsent;
    },
    async close() {
      const closed = once(http, 'close');
      http.close();
      await inTime(calls.close(), GOODBYE_WITHIN_MS);
      await lines.close();
      http.closeAllConnections();
      await closed;
      await reporter.close(DRAIN_WITHIN_MS);
    },
  };
}

/** What the switch knows of a call id that an INVITE names. */
function standingIn(calls: CallDirectory): (callId: string, userId: string) => CallStanding {
  return (callId, userId) => {
    const call = calls.find(callId);
    if (call?.identity.userId === userId && (call.isUp || call.identity.direction === 'outbound'))
      return { kind: 'running', destination: call.identity.numberE164 ?? ANONYMOUS_USER };
    return { kind: calls.isOver(callId) ? 'over' : 'unknown' };
  };
}

async function inTime(work: Promise<unknown>, withinMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, withinMs);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}

function acceptPhones(http: Server, lines: PhoneLines): void {
  const server: WebSocketServer = new WebSocketServer({
    server: http,
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
  server.on('connection', (socket) => lines.accept(socket));
}
