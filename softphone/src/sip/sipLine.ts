import { CALL_ID_HEADER, CONFERENCE_USER, JOIN_HEADER, PERMIT_HEADER } from '@scoreline/contract';
import type { ErrorName } from '@scoreline/contract';
import type { Session } from 'sip.js';
import { SessionState, UserAgent } from 'sip.js';
import { errorNameOf, isErrorName, PhoneError } from '../domain/phoneError.ts';
import type { AudioStreams } from '../ports/audioDevices.ts';
import type { Line, LineEnded, LineEvent, TransferOrder } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import { readingOf } from './lineStats.ts';
import { PhoneDescriptionHandler } from './phoneDescriptionHandler.ts';
import { refer } from './refer.ts';
import type { ReferResult } from './refer.ts';
import { ACCEPTED, createRenegotiation } from './renegotiation.ts';

/** Lengths of a telephone digit and of the pause after it: long enough for every exchange (ITU-T Q.24). */
const TONE = { duration: 160, interToneGap: 70 };
const CALL_GONE = 481;
/** The switch hangs up on a rep who has handed the call on; if it forgets to, the phone does. */
const TRANSFERRED_BYE_MS = 5_000;

/** What every line of an agent shares. */
export interface LineContext {
  readonly userAgent: UserAgent;
  readonly domain: string;
  readonly audio: AudioStreams;
  readonly clock: Clock;
  readonly reportFault: ReportFault;
  /** The running line of this call. */
  readonly findLine: (callId: string) => SipLine | undefined;
  readonly onFinished: (line: SipLine) => void;
}

export interface SipLineParts extends LineContext {
  readonly callId: string;
  readonly session: Session;
  readonly listener: (event: LineEvent) => void;
  /** Ends a session that is not established yet: cancels or rejects. */
  readonly giveUp: () => Promise<unknown>;
  readonly answer: () => Promise<unknown>;
  /** When the first offer and answer are done with. */
  readonly begun: Promise<void>;
}

export interface SipLine extends Line {
  readonly callId: string;
  readonly session: Session;
  /** Tells the listener, unless the call has ended. */
  report(event: LineEvent): void;
  finish(ended: LineEnded): void;
  /** After a reconnection: makes the far end's requests arrive again, and finds a new way for the sound. */
  restore(): void;
  /** Whether the sound has lost its way. */
  isCutOff(): boolean;
  /** Ends the sound here and says nothing to anybody: another tab takes the call over. */
  abandon(): void;
}

/** Follows a session to its end, and does with it what a line can. */
export function createSipLine(parts: SipLineParts): SipLine {
  const { session, callId, clock, reportFault } = parts;
  const renegotiation = createRenegotiation(session, parts.begun, reportFault);
  let isFinished = false;
  let isAnswered = false;
  let owesBye = false;

  function bye(): void {
    session.bye().catch(reportFault);
  }

  function finishByNetwork(error: unknown, sipStatus?: number): void {
    const failure = { kind: 'ended', cause: 'failed', endedBy: 'network', sipStatus } as const;
    const lost = parts.userAgent.isConnected() ? 'callFailed' : 'switchUnreachable';
    line.finish(isAnswered ? failure : { ...failure, error: errorNameOf(error, lost) });
  }

  /** The far end, or the switch after a restart, knows nothing of this call any more. */
  function endIfGone(status: number): void {
    if (status !== CALL_GONE || isFinished) return;
    finishByNetwork(undefined, status);
    bye();
  }

  function handedOn(): void {
    line.finish({ kind: 'ended', cause: 'transferred', endedBy: 'rep' });
    clock.after(TRANSFERRED_BYE_MS, () => {
      if (session.state === SessionState.Established) bye();
    });
  }

  /** Sends REFER, then tells its result: what `done` does, or the refusal. */
  function ask(
    target: Session | string | undefined,
    headers: readonly string[],
    done: () => void,
    refused: (result: ReferResult) => LineEvent,
  ): void {
    const address = typeof target === 'string' ? UserAgent.makeURI(`sip:${target}@${parts.domain}`) : target;
    if (address === undefined || session.state !== SessionState.Established)
      return line.report(refused({ status: 0 }));
    const referral = { target: address, headers: [`${CALL_ID_HEADER}: ${callId}`, ...headers] };
    refer(session, referral, clock, reportFault)
      .then((result) => {
        if (result.status >= 200 && result.status < 300) done();
        else line.report(refused(result));
      })
      .catch(reportFault);
  }

  const line: SipLine = {
    callId,
    session,
    report(event) {
      if (!isFinished) parts.listener(event);
    },
    finish(ended) {
      if (isFinished) return;
      isFinished = true;
      if (!owesBye) parts.onFinished(line);
      parts.listener(ended);
    },
    answer() {
      if (!isFinished) parts.answer().catch(reportFault);
    },
    hangUp() {
      if (isFinished) return;
      if (session.state === SessionState.Established) {
        owesBye = !parts.userAgent.isConnected();
        line.finish({ kind: 'ended', cause: 'completed', endedBy: 'rep' });
        if (!owesBye) bye();
      } else parts.giveUp().catch(reportFault);
    },
    setHeld(held) {
      renegotiation
        .hold(held)
        .then((status) => {
          endIfGone(status);
          line.report({ kind: status !== ACCEPTED ? 'holdRefused' : held ? 'held' : 'resumed' });
        })
        .catch(reportFault);
    },
    sendDigit(digit) {
      if (session.state !== SessionState.Established) return;
      if (session.sessionDescriptionHandler?.sendDtmf(digit, TONE) === true) return;
      session.info({ requestOptions: { body: dtmfRelay(digit) } }).catch(reportFault);
    },
    setTransmitting: (transmitting) => mediaOf(session)?.microphone.setTransmitting(transmitting),
    listen() {
      const media = mediaOf(session);
      if (media !== undefined) parts.audio.play(media.remoteMediaStream);
    },
    takeMicrophone() {
      mediaOf(session)?.takeMicrophone().catch(reportFault);
    },
    async measure() {
      const stats = await mediaOf(session)?.peerConnection?.getStats();
      return stats === undefined ? undefined : readingOf(stats.values(), clock.elapsed());
    },
    transfer: ({ numberE164, permit }: TransferOrder) =>
      ask(numberE164, [permitHeader(permit)], handedOn, transferRefused),
    transferTo(otherCallId) {
      const other = parts.findLine(otherCallId);
      const done = (): void => {
        handedOn();
        other?.finish({ kind: 'ended', cause: 'transferred', endedBy: 'rep' });
      };
      ask(other?.session, [], done, transferRefused);
    },
    join(otherCallId) {
      const done = (): void => line.report({ kind: 'joined' });
      ask(CONFERENCE_USER, [`${JOIN_HEADER}: ${otherCallId}`], done, (result) => ({
        kind: 'joinRefused',
        error: refusalName(result, 'conferenceRefused'),
      }));
    },
    isCutOff() {
      const state = mediaOf(session)?.peerConnection?.iceConnectionState;
      return state === 'disconnected' || state === 'failed';
    },
    abandon() {
      isFinished = true;
      session.sessionDescriptionHandler?.close();
    },
    restore() {
      if (session.state !== SessionState.Established) return;
      if (owesBye) {
        owesBye = false;
        bye();
        parts.onFinished(line);
      } else if (!isFinished) renegotiation.restartIce().then(endIfGone).catch(reportFault);
    },
  };

  session.delegate = {
    ...session.delegate,
    onBye: (request) => {
      line.finish({ kind: 'ended', cause: 'completed', endedBy: 'prospect' });
      request.accept().catch(reportFault);
    },
    // Unasked, SIP.js would dial whatever number the far end names.
    onRefer: (referral) => {
      referral.reject().catch(reportFault);
    },
  };
  session.stateChange.addListener((state) => {
    if (state === SessionState.Established) {
      isAnswered = true;
      line.report({ kind: 'answered' });
    }
    // The refusal that caused it is reported after the state: let it come first.
    if (state === SessionState.Terminated) queueMicrotask(() => finishByNetwork(undefined));
  });
  return line;
}

/** The header that carries a permit. A line break in it would begin a header of its own. */
export function permitHeader(permit: string): string {
  if (!/^[\x21-\x7e]+$/u.test(permit)) throw new PhoneError('permitInvalid');
  return `${PERMIT_HEADER}: ${permit}`;
}

function mediaOf(session: Session): PhoneDescriptionHandler | undefined {
  const handler = session.sessionDescriptionHandler;
  return handler instanceof PhoneDescriptionHandler ? handler : undefined;
}

function transferRefused(result: ReferResult): LineEvent {
  return { kind: 'transferRefused', error: refusalName(result, 'transferRefused') };
}

function refusalName({ errorHeader }: ReferResult, fallback: ErrorName): ErrorName {
  return errorHeader !== undefined && isErrorName(errorHeader) ? errorHeader : fallback;
}

/** The de-facto form of a digit in an INFO request, for calls whose sound cannot carry it (RFC 4733). */
function dtmfRelay(digit: string): { contentDisposition: string; contentType: string; content: string } {
  const content = `Signal=${digit}\r\nDuration=${TONE.duration}\r\n`;
  return { contentDisposition: 'render', contentType: 'application/dtmf-relay', content };
}
