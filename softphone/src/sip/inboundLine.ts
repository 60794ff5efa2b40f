import { CALL_ID_HEADER } from '@scoreline/contract';
import { callIdSchema, numberE164Schema } from '@scoreline/contract/wire';
import type { Invitation } from 'sip.js';
import { SessionState } from 'sip.js';
import type { InboundOffer } from '../ports/callGateway.ts';
import type { LineContext, SipLine } from './sipLine.ts';
import { createSipLine } from './sipLine.ts';

const BUSY = 486;
const DECLINED = 603;
const BAD_REQUEST = 400;

/**
 * What an INVITE offers; undefined, and the INVITE refused, when it carries no call id.
 *
 * @param onTaken told of the line when the call rings here
 */
export function offerOf(
  context: LineContext,
  invitation: Invitation,
  onTaken: (line: SipLine) => void,
): InboundOffer | undefined {
  const callId = callIdSchema.safeParse(invitation.request.getHeader(CALL_ID_HEADER));
  const refuse = (statusCode: number): void => {
    invitation.reject({ statusCode }).catch(context.reportFault);
  };
  if (!callId.success) {
    refuse(BAD_REQUEST);
    return undefined;
  }
  const number = numberE164Schema.safeParse(invitation.remoteIdentity.uri.user);
  return {
    callId: callId.data,
    numberE164: number.success ? number.data : undefined,
    refuse: () => refuse(BUSY),
    take(listener) {
      let acknowledge = (): void => undefined;
      const begun = new Promise<void>((resolve) => {
        acknowledge = resolve;
      });
      const line = createSipLine({
        ...context,
        callId: callId.data,
        session: invitation,
        listener,
        answer: () => invitation.accept(),
        begun,
        giveUp() {
          line.finish({ kind: 'ended', cause: 'declined', endedBy: 'rep', sipStatus: DECLINED });
          return invitation.reject({ statusCode: DECLINED });
        },
      });
      invitation.delegate = {
        ...invitation.delegate,
        onAck: () => acknowledge(),
        onCancel: ({ request }) => {
          const isElsewhere = /completed elsewhere/iu.test(request.getHeader('Reason') ?? '');
          line.finish({ kind: 'ended', cause: 'cancelled', endedBy: 'prospect', isElsewhere });
        },
      };
      invitation.stateChange.addListener((state) => {
        // Before any answer and without CANCEL: it has rung too long.
        if (state === SessionState.Terminated)
          line.finish({ kind: 'ended', cause: 'noAnswer', endedBy: 'network' });
      });
      onTaken(line);
      return line;
    },
  };
}
