import type { CallMessage, DialAnswer, PhoneSnapshot } from 'c/callContract';
import { callWords, personOf } from 'c/callWords';
import { formatClock } from 'c/figureFormat';

/** What the page is to hear of a change of the phone. */
export function changesToTell(before: PhoneSnapshot, now: PhoneSnapshot): CallMessage[] {
  const messages: CallMessage[] = [];
  const { call, lastSaved } = now;
  if (call !== undefined && (call.callId !== before.call?.callId || call.state !== before.call.state)) {
    const { requestId, recordId } = call.request;
    messages.push({
      kind: 'callStateChanged',
      callId: call.callId,
      requestId,
      recordId,
      state: call.state,
    });
  }
  const isNewPosition =
    lastSaved?.callId !== before.lastSaved?.callId || lastSaved?.position !== before.lastSaved?.position;
  if (lastSaved?.position !== undefined && isNewPosition) {
    const { callId, recordId, position } = lastSaved;
    messages.push({ kind: 'callSaved', callId, recordId, position });
  }
  return messages;
}

/** What the rep hears of a number typed on the pad; nothing where the call itself says it. */
export const ANSWER_WORDS: Readonly<Record<DialAnswer, string | undefined>> = {
  dialing: undefined,
  waiting: 'The phone is starting; calling in a moment.',
  refusedInCall: 'Not called: a call is up. End it first.',
  refusedOutcomeMissing: 'Choose an outcome before the next call.',
};

/** Where the last outcome is. */
export function savedWords(snapshot: PhoneSnapshot): string | undefined {
  const saved = snapshot.lastSaved;
  if (saved === undefined || snapshot.call !== undefined) return undefined;
  if (saved.place === 'relay') return `Saved ${formatClock(new Date(saved.savedAtMs))}`;
  return snapshot.phoneState === 'ready'
    ? 'Saved on this computer; sending it.'
    : 'Saved on this computer. Salesforce gets it when you are back online.';
}

/** What the utility bar's button says: `Phone`, `Talking: Ana Ruiz`. */
export function utilityLabel({ call, phoneState }: PhoneSnapshot): string {
  if (call === undefined) return phoneState === 'notReady' ? 'Phone: not ready' : 'Phone';
  const words = call.state === 'ended' && call.error === undefined ? 'Outcome' : callWords(call);
  return `${words.replace('…', '')}: ${personOf(call.request)}`;
}
