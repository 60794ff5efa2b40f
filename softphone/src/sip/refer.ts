import { ERROR_HEADER } from '@scoreline/contract';
import type { Session, URI } from 'sip.js';
import type { IncomingResponseMessage } from 'sip.js/lib/core/index.js';
import type { Clock } from '../ports/clock.ts';
import type { ReportFault } from '../ports/reportFault.ts';

/** Longer than the person asked lets it ring; a switch that says nothing by then will not. */
const RESULT_TIMEOUT_MS = 60_000;
const NO_RESULT = 0;

export interface Referral {
  readonly target: URI | Session;
  readonly headers: string[];
}

/** The final SIP status of what was referred, 0 for none, and the row of the error table that the switch named. */
export interface ReferResult {
  readonly status: number;
  readonly errorHeader?: string | undefined;
}

/** Sends REFER and waits for its result, which comes in NOTIFY requests (RFC 3515, section 2.4.5). */
export function refer(
  session: Session,
  { target, headers }: Referral,
  clock: Clock,
  reportFault: ReportFault,
): Promise<ReferResult> {
  return new Promise((resolve) => {
    const stop = clock.after(RESULT_TIMEOUT_MS, () => resolve({ status: NO_RESULT }));
    const settle = (result: ReferResult): void => {
      stop();
      resolve(result);
    };
    const refused = ({ message }: { message: IncomingResponseMessage }): void =>
      settle({ status: message.statusCode ?? NO_RESULT, errorHeader: message.getHeader(ERROR_HEADER) });
    session
      .refer(target, {
        requestOptions: { extraHeaders: headers },
        requestDelegate: { onReject: refused, onRedirect: refused },
        onNotify: (notification) => {
          notification.accept().catch(reportFault);
          const status = fragmentStatus(notification.request.body);
          if (status >= 200) settle({ status, errorHeader: notification.request.getHeader(ERROR_HEADER) });
        },
      })
      .catch((error: unknown) => {
        reportFault(error);
        settle({ status: NO_RESULT });
      });
  });
}

/** The status of a `message/sipfrag` body (RFC 3420), 0 where it has none. */
function fragmentStatus(body: string): number {
  return Number(/^SIP\/2\.0 (\d{3})/u.exec(body)?.[1] ?? NO_RESULT);
}
