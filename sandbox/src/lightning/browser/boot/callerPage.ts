import * as z from 'zod/mini';
import { pageElement } from './pageElement.ts';

const REFRESH_MS = 1_000;

const usersSchema = z.array(z.object({ userId: z.string(), name: z.string() }));
const startedSchema = z.object({ callId: z.string() });
const refusalSchema = z.object({ message: z.string() });
const callsSchema = z.object({
  calls: z.array(
    z.object({ callId: z.string(), state: z.string(), voicemailSeconds: z.optional(z.number()) }),
  ),
});

const BEHAVIOURS: Readonly<Record<string, object>> = {
  talks: { kind: 'talks' },
  hangsUp: { kind: 'hangsUp', afterSeconds: 15 },
  givesUp: { kind: 'givesUp', afterSeconds: 8 },
  voicemail: { kind: 'voicemail', messageSeconds: 6 },
};

const STATES: Readonly<Record<string, string>> = {
  dialing: 'Calling…',
  ringing: 'Ringing…',
  talking: 'Talking.',
  held: 'On hold.',
};

let callId: string | undefined;

function say(state: string, refusal = ''): void {
  const status = pageElement('#state', HTMLElement);
  // A status that is written again is read out again.
  if (status.textContent !== state) status.textContent = state;
  pageElement('#refusal', HTMLElement).textContent = refusal;
}

async function ring(): Promise<void> {
  const from = pageElement('#from', HTMLInputElement).value.trim();
  const answer = await fetch('/sandbox/switch/inbound', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      userId: pageElement('#user', HTMLSelectElement).value,
      ...(from === '' ? {} : { from }),
      behaviour: BEHAVIOURS[pageElement('#behaviour', HTMLSelectElement).value],
    }),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) {
    say('', refusalSchema.parse(body).message);
    return;
  }
  ({ callId } = startedSchema.parse(body));
  await showCall();
}

/** Says how the last call goes. */
async function showCall(): Promise<void> {
  if (callId === undefined) return;
  const { calls } = callsSchema.parse(await (await fetch('/sandbox/switch/calls')).json());
  const call = calls.find((each) => each.callId === callId);
  if (call === undefined) return;
  const ended =
    call.voicemailSeconds === undefined ? 'Ended.' : `Left a message of ${call.voicemailSeconds} seconds.`;
  say(STATES[call.state] ?? ended);
  if (call.state === 'ended') callId = undefined;
}

async function offerUsers(): Promise<void> {
  const users = usersSchema.parse(await (await fetch('/sandbox/users')).json());
  pageElement('#user', HTMLSelectElement).append(
    ...users.map(({ name, userId }) => new Option(name, userId)),
  );
}

/** Runs an action of the page; where the sandbox does not answer, the page says so. */
async function attempt(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch {
    say('', 'The local switch does not answer. Is npm start still running?');
  }
}

pageElement('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt(ring);
});
void attempt(offerUsers).finally(() => {
  pageElement('form', HTMLFormElement).inert = false;
});
setInterval(() => {
  if (document.visibilityState === 'visible') void attempt(showCall);
}, REFRESH_MS);
