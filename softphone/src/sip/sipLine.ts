import { CALL_ID_HEADER, ERROR_HEADER, PERMIT_HEADER } from '@scoreline/contract';
import { Inviter, SessionState, UserAgent } from 'sip.js';
import type { IncomingResponseMessage } from 'sip.js/lib/core/index.js';
import { errorNameOf, PhoneError } from '../domain/phoneError.ts';
import type { CallOrder, Line, LineEnded, LineEvent } from '../ports/callGateway.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import { endOfRefusedCall } from './endOfCall.ts';
import { ACCEPTED, createRenegotiation } from './renegotiation.ts';

/** Lengths of a telephone digit and of the pause after it: long enough for every exchange (ITU-T Q.24). */
const TONE = { duration: 160, interToneGap: 70 };
const CALL_GONE = 481;

export interface SipLineParts {
  readonly userAgent: UserAgent;
  readonly domain: string;
  readonly order: CallOrder;
  readonly listener: (event: LineEvent) => void;
  readonly onFinished: () => void;
  readonly reportFault: ReportFault;
}

export interface SipLine extends Line {
  /** After a reconnection: makes the far end's requests arrive again, and finds a new way for the sound. */
  restore(): void;
  /** Ends the sound here and says nothing to anybody: another tab takes the call over. */
  abandon(): void;
}

/** Places a call and follows its session to the end. Throws PhoneError where the order makes no SIP request. */
export function openSipLine(parts: SipLineParts): SipLine {
  const { userAgent, listener, reportFault } = parts;
  const inviter = createInviter(parts);
  const renegotiation = createRenegotiation(inviter, reportFault);
  let isFinished = false;
  let isAnswered = false;
  let hasRung = false;
  let owesBye = false;

  function finish(ended: LineEnded): void {
    if (isFinished) return;
    isFinished = true;
    if (!owesBye) parts.onFinished();
    listener(ended);
  }

  function finishByNetwork(error: unknown): void {
    const failure = { kind: 'ended', cause: 'failed', endedBy: 'network' } as const;
    finish(isAnswered ? failure : { ...failure, error: errorNameOf(error, 'callFailed') });
  }

  function report(event: LineEvent): void {
    if (!isFinished) listener(event);
  }

  inviter.delegate = {
    onBye: (bye) => {
      finish({ kind: 'ended', cause: 'completed', endedBy: 'prospect' });
      bye.accept().catch(reportFault);
    },
  };

  inviter.stateChange.addListener((state) => {
    if (state === SessionState.Establishing) report({ kind: 'dialing' });
    if (state === SessionState.Established) {
      isAnswered = true;
      report({ kind: 'answered' });
    }
    // The refusal that caused it is reported after the state: let it come first.
    if (state === SessionState.Terminated) queueMicrotask(() => finishByNetwork(undefined));
  });

  inviter
    .invite({
      requestDelegate: {
        onProgress: ({ message }) => {
          if (hasRung || !isRinging(message)) return;
          hasRung = true;
          report({ kind: 'ringing', bringsSound: message.body !== '' });
        },
        onReject: ({ message }) => {
          finish(endOfRefusedCall(message.statusCode ?? 500, message.getHeader(ERROR_HEADER), hasRung));
        },
      },
    })
    .catch(finishByNetwork);

  function bye(): void {
    inviter.bye().catch(reportFault);
  }

  /** The far end, or the switch after a restart, knows nothing of this call any more. */
  function endIfGone(status: number): void {
    if (status !== CALL_GONE || isFinished) return;
    finishByNetwork(undefined);
    bye();
  }

  return {
    hangUp() {
      if (isFinished) return;
      if (inviter.state === SessionState.Established) {
        owesBye = !userAgent.isConnected();
        finish({ kind: 'ended', cause: 'completed', endedBy: 'rep' });
        if (!owesBye) bye();
      } else {
        finish({ kind: 'ended', cause: 'cancelled', endedBy: 'rep' });
        if (isCancellable(inviter)) inviter.cancel().catch(reportFault);
      }
    },
    setHeld(held) {
      renegotiation
        .hold(held)
        .then((status) => {
          endIfGone(status);
          report({ kind: status !== ACCEPTED ? 'holdRefused' : held ? 'held' : 'resumed' });
        })
        .catch(reportFault);
    },
    sendDigit(digit) {
      if (inviter.state !== SessionState.Established) return;
      if (inviter.sessionDescriptionHandler?.sendDtmf(digit, TONE) === true) return;
      inviter.info({ requestOptions: { body: dtmfRelay(digit) } }).catch(reportFault);
    },
    abandon() {
      isFinished = true;
      inviter.sessionDescriptionHandler?.close();
    },
    restore() {
      if (inviter.state !== SessionState.Established) return;
      if (owesBye) {
        owesBye = false;
        bye();
        parts.onFinished();
      } else if (!isFinished) renegotiation.restartIce().then(endIfGone).catch(reportFault);
    },
  };
}

function createInviter({ userAgent, domain, order }: SipLineParts): Inviter {
  const target = UserAgent.makeURI(`sip:${order.numberE164}@${domain}`);
  if (target === undefined) throw new PhoneError('numberInvalid');
  // A line break in it would begin a header of its own.
  if (!/^[\x21-\x7e]+$/u.test(order.permit)) throw new PhoneError('permitInvalid');
  return new Inviter(userAgent, target, {
    // Announcements and the exchange's ringing tone come before the answer.
    earlyMedia: true,
    extraHeaders: [`${CALL_ID_HEADER}: ${order.callId}`, `${PERMIT_HEADER}: ${order.permit}`],
  });
}

function isCancellable(inviter: Inviter): boolean {
  return inviter.state === SessionState.Initial || inviter.state === SessionState.Establishing;
}

/** 183 brings the exchange's own ringing tone, so for the rep it rings as with 180. */
function isRinging({ statusCode }: IncomingResponseMessage): boolean {
  return statusCode === 180 || statusCode === 183;
}

/** The de-facto form of a digit in an INFO request, for calls whose sound cannot carry it (RFC 4733). */
function dtmfRelay(digit: string): { contentDisposition: string; contentType: string; content: string } {
  const content = `Signal=${digit}\r\nDuration=${TONE.duration}\r\n`;
  return { contentDisposition: 'render', contentType: 'application/dtmf-relay', content };
}
