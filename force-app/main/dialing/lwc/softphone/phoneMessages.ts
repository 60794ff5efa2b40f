import type { CallMessage, DialAnswer, PhoneSnapshot } from 'c/callContract';
import { errorWords } from 'c/callWords';
import { formatClock } from 'c/figureFormat';

/** What the page is to hear of a change of the phone. */
export function changesToTell(before: PhoneSnapshot, now: PhoneSnapshot): CallMessage[] {
  const { lastSaved } = now;
  const messages = callChanges(before, now);
  const isNewPosition =
    lastSaved?.callId !== before.lastSaved?.callId || lastSaved?.position !== before.lastSaved?.position;
  if (lastSaved?.position !== undefined && isNewPosition) {
    const { callId, recordId, position } = lastSaved;
    messages.push({ kind: 'callSaved', callId, recordId, position });
  }
  return messages;
}

/** What the rep is told of a dial that did not begin at once; nothing where the call itself says it. */
export const ANSWER_WORDS: Readonly<Record<DialAnswer, string | undefined>> = {
  dialing: undefined,
  waiting: 'The phone is starting; calling in a moment.',
  refusedInCall: 'Not called: a call is up. End it first.',
  refusedOutcomeMissing: 'Choose an outcome before the next call.',
};

/** Where the last outcome is, or why it was refused; after a reload, that earlier calls still wait on this computer. */
export function savedWords({ call, lastSaved, phoneState, unsent }: PhoneSnapshot): string | undefined {
  if (call !== undefined) return undefined;
  const isAway = phoneState === 'notReady' || phoneState === 'reconnecting';
  if (lastSaved === undefined)
    return isAway && unsent > 0 ? 'Finished calls are kept here and sent when you are back.' : undefined;
  if (lastSaved.refusal !== undefined) return `Outcome not logged: ${errorWords(lastSaved.refusal)}`;
  if (lastSaved.place === 'relay') return `Saved ${formatClock(new Date(lastSaved.savedAtMs))}`;
  return phoneState === 'ready'
    ? 'Saved on this computer; sending it.'
    : 'Saved on this computer. Salesforce gets it when you are back online.';
}

/** Each call whose state is new, also one on hold that ends beside another. */
function callChanges(before: PhoneSnapshot, now: PhoneSnapshot): CallMessage[] {
  const statesBefore = new Map(
    [before.call, ...before.otherCalls].map((call) => [call?.callId, call?.state]),
  );
  return [now.call, ...now.otherCalls].flatMap((call): CallMessage[] => {
    if (call === undefined || statesBefore.get(call.callId) === call.state) return [];
    const { callId, state, request } = call;
    const { requestId, recordId } = request;
    return [{ kind: 'callStateChanged', callId, requestId, recordId, state }];
  });
}
