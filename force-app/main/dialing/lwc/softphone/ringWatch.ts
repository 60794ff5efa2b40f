import type { PhoneCall } from 'c/callContract';
import { personAndCompany } from 'c/callWords';
import type { People } from 'c/callWords';
import { after } from 'c/ticker';

/** A name that has not come by then is not waited for. */
const NAME_LIMIT_MS = 1_500;

/** Says once of each call that rings who is calling: as soon as the name is known, or after a while without it. */
export class RingWatch {
  private saidId?: string;
  private awaitedId?: string | undefined;
  private words = '';
  private stopWaiting = () => {};
  private readonly say: (words: string) => void;

  constructor(say: (words: string) => void) {
    this.say = say;
  }

  /** Takes the call that rings now, with what is known of it. */
  follow(call: PhoneCall | undefined, people: People): void {
    if (call?.callId !== this.awaitedId) this.stop();
    if (call === undefined || call.callId === this.saidId) return;
    this.words = `${personAndCompany(call.request, people)}, is calling`.replace(/^([^,]*), is/u, '$1 is');
    if (isNamed(call, people)) {
      this.speak(call.callId);
    } else if (this.awaitedId === undefined) {
      this.awaitedId = call.callId;
      this.stopWaiting = after(NAME_LIMIT_MS, () => this.speak(call.callId));
    }
  }

  stop(): void {
    this.stopWaiting();
    this.awaitedId = undefined;
  }

  private speak(callId: string): void {
    this.stop();
    this.saidId = callId;
    this.say(this.words);
  }
}

/** Whether nothing more can be learned about who calls. */
function isNamed({ request, matchedRecordIds }: PhoneCall, people: People): boolean {
  if (request.recordId !== undefined) return people[request.recordId] !== undefined;
  return matchedRecordIds?.every((id) => people[id] !== undefined) ?? false;
}
