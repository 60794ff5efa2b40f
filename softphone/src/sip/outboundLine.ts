import { CALL_ID_HEADER, ERROR_HEADER } from '@scoreline/contract';
import type { Session } from 'sip.js';
import { Inviter, SessionState, UserAgent } from 'sip.js';
import type { IncomingByeRequest, IncomingResponseMessage } from 'sip.js/lib/core/index.js';
import { errorNameOf, PhoneError } from '../domain/phoneError.ts';
import type { CallOrder, LineEvent } from '../ports/callGateway.ts';
import { endOfRefusedCall } from './endOfCall.ts';
import type { PhoneDescriptionHandler } from './phoneDescriptionHandler.ts';
import type { LineContext, SipLine } from './sipLine.ts';
import { createSipLine, permitHeader } from './sipLine.ts';

type InviterParameters = ConstructorParameters<typeof Inviter>;

/** SIP.js's call with what it lacks: an end that neither of the two sides can miss. */
class PhoneInviter extends Inviter {
  private prepared: PhoneDescriptionHandler | undefined;

  constructor(prepared: PhoneDescriptionHandler | undefined, ...parameters: InviterParameters) {
    super(...parameters);
    this.prepared = prepared;
  }

  /** The handler whose offer is under way; given once, because a second answer needs a connection of its own. */
  takePrepared(): PhoneDescriptionHandler | undefined {
    const { prepared } = this;
    this.prepared = undefined;
    return prepared;
  }

  /**
   * SIP.js answers a challenge that comes after this, and sends no CANCEL behind the new INVITE: the prospect would be
   * rung by a call that the rep has hung up.
   */
  override cancel(...options: Parameters<Inviter['cancel']>): Promise<void> {
    for (const client of this.userAgent.userAgentCore.userAgentClients.values())
      if (client.transaction.request === this.request)
        Object.assign(client, { authenticationGuard: () => true });
    return super.cancel(...options);
  }

  /** SIP.js drops a BYE that comes while the answer is being applied: the call would stay up for ever. */
  protected override onByeRequest(request: IncomingByeRequest): void {
    if (this.state !== SessionState.Establishing) return super.onByeRequest(request);
    this.stateChange.addListener((state) => {
      if (state === SessionState.Established) super.onByeRequest(request);
    });
  }
}

/** The handler that was made ready for a session before the session itself; undefined for every other one. */
export function preparedFor(session: Session): PhoneDescriptionHandler | undefined {
  return session instanceof PhoneInviter ? session.takePrepared() : undefined;
}

/** Places a call and follows it to the end. Throws PhoneError where the order makes no SIP request. */
export function placeCall(
  context: LineContext,
  order: CallOrder,
  listener: (event: LineEvent) => void,
  prepared?: PhoneDescriptionHandler,
): SipLine {
  const inviter = createInviter(context, order, prepared);
  let hasRung = false;
  const line = createSipLine({
    ...context,
    callId: order.callId,
    session: inviter,
    listener,
    answer: () => Promise.resolve(),
    begun: Promise.resolve(),
    giveUp() {
      line.finish({ kind: 'ended', cause: 'cancelled', endedBy: 'rep' });
      return isCancellable(inviter) ? inviter.cancel() : Promise.resolve();
    },
  });
  inviter.stateChange.addListener((state) => {
    if (state === SessionState.Establishing) line.report({ kind: 'dialing' });
  });
  inviter
    .invite({
      requestDelegate: {
        onProgress: ({ message }) => {
          if (hasRung || !isRinging(message)) return;
          hasRung = true;
          line.report({ kind: 'ringing', bringsSound: message.body !== '' });
        },
        onReject: ({ message }) => {
          const status = message.statusCode ?? 500;
          line.finish(endOfRefusedCall(status, message.getHeader(ERROR_HEADER), hasRung));
        },
      },
    })
    .catch((error: unknown) => {
      const name = errorNameOf(error, 'callFailed');
      line.finish({ kind: 'ended', cause: 'failed', endedBy: 'network', error: name });
    });
  return line;
}

function createInviter(
  { userAgent, domain }: LineContext,
  order: CallOrder,
  prepared: PhoneDescriptionHandler | undefined,
): Inviter {
  const target = UserAgent.makeURI(`sip:${order.numberE164}@${domain}`);
  if (target === undefined) throw new PhoneError('numberInvalid');
  return new PhoneInviter(prepared, userAgent, target, {
    // Announcements and the exchange's ringing tone come before the answer.
    earlyMedia: true,
    extraHeaders: [
      `${CALL_ID_HEADER}: ${order.callId}`,
      ...(order.permit === undefined ? [] : [permitHeader(order.permit)]),
    ],
  });
}

function isCancellable(inviter: Inviter): boolean {
  return inviter.state === SessionState.Initial || inviter.state === SessionState.Establishing;
}

/** 183 brings the exchange's own ringing tone, so for the rep it rings as with 180. */
function isRinging({ statusCode }: IncomingResponseMessage): boolean {
  return statusCode === 180 || statusCode === 183;
}
