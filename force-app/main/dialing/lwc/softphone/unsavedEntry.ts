import type { PhoneSnapshot } from 'c/callContract';
import { draftOf } from 'c/phoneBridge';

/** Whether something was entered for an ended call and not saved: the next call must not take it away. */
export function hasUnsavedEntry({ call, otherCalls }: PhoneSnapshot): boolean {
  return [call, ...otherCalls].some((each) => {
    const draft = each?.state === 'ended' ? draftOf(each.callId) : undefined;
    const { outcome, note = '', followUpOn } = draft ?? {};
    return outcome !== undefined || note.trim() !== '' || followUpOn !== undefined;
  });
}
