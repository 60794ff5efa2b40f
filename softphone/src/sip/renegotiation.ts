import type { Session } from 'sip.js';
import type { IncomingResponseMessage } from 'sip.js/lib/core/index.js';
import type { SessionDescriptionHandlerOptions } from 'sip.js/lib/platform/web/session-description-handler/session-description-handler-options.js';
import type { ReportFault } from '../ports/reportFault.ts';

export const ACCEPTED = 200;
const NOT_SENT = 0;

/** Changes to a running call's media. Each resolves with the final SIP status, 0 when nothing could be sent. */
export interface Renegotiation {
  hold(held: boolean): Promise<number>;
  /** Finds a new way for the sound, and gives the far end this phone's new connection. */
  restartIce(): Promise<number>;
}

/**
 * One re-INVITE after the other: SIP.js throws at a second one, and two offers at once would collide.
 *
 * @param begun when the first offer and answer are done with: of a call that came in, with its ACK. SIP.js ends a call
 *   whose ACK finds the next offer under way.
 */
export function createRenegotiation(
  session: Session,
  begun: Promise<void>,
  reportFault: ReportFault,
): Renegotiation {
  let isHeld = false;
  let tail: Promise<unknown> = begun;

  function inTurn(optionsNow: () => SessionDescriptionHandlerOptions): Promise<number> {
    const result = tail.then(async () => {
      const options = optionsNow();
      const status = await reinvite(session, options, reportFault);
      if (status === ACCEPTED) isHeld = options.hold === true;
      // Kept by SIP.js for its answers to the far end's offers: the true hold state, and no second ICE restart.
      const settled: SessionDescriptionHandlerOptions = { hold: isHeld };
      session.sessionDescriptionHandlerOptionsReInvite = settled;
      return status;
    });
    tail = result.catch(() => undefined);
    return result;
  }

  return {
    hold: (held) => inTurn(() => ({ hold: held })),
    restartIce: () => inTurn(() => ({ hold: isHeld, offerOptions: { iceRestart: true } })),
  };
}

function reinvite(
  session: Session,
  options: SessionDescriptionHandlerOptions,
  reportFault: ReportFault,
): Promise<number> {
  return new Promise((resolve) => {
    const refused = ({ message }: { message: IncomingResponseMessage }): void =>
      resolve(message.statusCode ?? NOT_SENT);
    session
      .invite({
        sessionDescriptionHandlerOptions: options,
        requestDelegate: { onAccept: () => resolve(ACCEPTED), onReject: refused, onRedirect: refused },
      })
      .catch(async (error: unknown) => {
        reportFault(error);
        // The offer was made but never sent: SIP.js takes back only what the far end refused.
        await session.sessionDescriptionHandler?.rollbackDescription?.().catch(reportFault);
        resolve(NOT_SENT);
      });
  });
}
