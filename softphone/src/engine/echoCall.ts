import { ECHO_USER } from '@scoreline/contract';
import { PhoneError } from '../domain/phoneError.ts';
import { uuidV7 } from '../domain/uuidV7.ts';
import type { CallGateway, Line, LineEnded } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

export interface EchoCallParts {
  readonly gateway: CallGateway;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Calls the address that sends every sound back; resolves once it is answered. `onEnded` is told of an end after that.
 * Rejects with PhoneError: `codecMissing` where the switch speaks none of the offered formats, `switchUnreachable`, else
 * `echoRefused`. `signal` gives the call up, answered or not.
 */
export function placeEchoCall(
  { gateway, clock, random }: EchoCallParts,
  signal: AbortSignal,
  onEnded: () => void,
): Promise<Line> {
  const callId = uuidV7(clock.now(), random.hex32());
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const line = gateway.place({ callId, numberE164: ECHO_USER }, (event) => {
      if (event.kind === 'answered') {
        isAnswered = true;
        line.setTransmitting(true);
        line.listen();
        resolve(line);
      }
      if (event.kind !== 'ended') return;
      if (isAnswered) onEnded();
      else reject(new PhoneError(refusalOf(event)));
    });
    signal.addEventListener('abort', line.hangUp, { once: true });
  });
}

/** RFC 3261, sections 21.4.13 and 21.4.26: the media that was offered is not acceptable. */
const NOT_ACCEPTABLE = [415, 488, 606];

function refusalOf({ sipStatus, error }: LineEnded): 'codecMissing' | 'switchUnreachable' | 'echoRefused' {
  if (sipStatus !== undefined && NOT_ACCEPTABLE.includes(sipStatus)) return 'codecMissing';
  return error === 'switchUnreachable' ? error : 'echoRefused';
}
