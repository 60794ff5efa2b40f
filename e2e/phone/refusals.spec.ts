import type { Page } from '@playwright/test';
import { saveOutcome, signIn, switchCalls, watchPeerConnections } from '../support/callFlow.ts';
import { callAtSwitch, endCall } from '../support/enginePhone.ts';
import { tasksOfCall } from '../support/orgRecords.ts';
import { bothHear, hears, phoneOf } from '../support/runningCall.ts';
import { type RunningSandbox, expect, test } from '../support/sandbox.ts';

/** Numbers that nobody takes a call at, the switch's answer, and what the rep reads. */
const REFUSALS = [
  {
    number: '+1 303 555 0151',
    status: 486,
    cause: 'busy',
    words: 'Busy',
    advice: 'Call again in a few minutes.',
  },
  {
    number: '+1 303 555 0171',
    status: 603,
    cause: 'declined',
    words: 'Declined',
    advice: 'Call at another time, or write first.',
  },
  {
    number: '+1 303 555 0181',
    status: 404,
    cause: 'unallocated',
    words: 'This number is not in use',
    advice: 'Correct it on the record, or choose another number.',
  },
  {
    number: '+1 303 555 0161',
    status: 480,
    cause: 'noAnswer',
    words: 'No answer',
    advice: 'Call again at another time of day, or leave a message.',
  },
  {
    number: '+1 303 555 0166',
    status: 408,
    cause: 'noAnswer',
    words: 'No answer',
    advice: 'Call again at another time of day, or leave a message.',
  },
] as const;

type Refusal = Pick<(typeof REFUSALS)[number], 'cause' | 'words' | 'advice'>;

/** Rings out after 25 s. */
const REFUSED_WITHIN = { timeout: 40_000 };

async function dialOnPad(page: Page, number: string): Promise<void> {
  const phone = phoneOf(page);
  await phone.getByLabel('Number').fill(number);
  await phone.getByRole('button', { name: 'Call', exact: true }).click();
}

/** The form says how the call went, what to do next, and asks for the outcome; the switch saw it the same way. */
async function readsRefusal(
  page: Page,
  sandbox: RunningSandbox,
  number: string,
  refusal: Refusal,
): Promise<string> {
  const form = phoneOf(page).getByRole('region', { name: 'Outcome of the call' });
  await expect(form.getByRole('heading')).toHaveText(`${refusal.words} · ${number}`, REFUSED_WITHIN);
  await expect(form.getByText(refusal.advice, { exact: true })).toBeVisible();
  await expect(form.getByRole('group', { name: 'Outcome' })).toBeVisible();
  const callId = (await switchCalls(sandbox)).at(-1)?.callId ?? '';
  expect((await callAtSwitch(sandbox, callId)).endCause).toBe(refusal.cause);
  return callId;
}

test.beforeEach(async ({ page, sandbox }) => {
  await watchPeerConnections(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  await phoneOf(page).getByRole('button', { name: 'Phone', exact: true }).click();
  await expect(phoneOf(page).getByText('Ready', { exact: true })).toBeVisible({ timeout: 15_000 });
});

test.afterEach(async ({ page }) => {
  await endCall(page);
});

for (const refusal of REFUSALS)
  test(`${refusal.status}: “${refusal.words}”, with what to do next, and the outcome is logged`, async ({
    page,
    sandbox,
  }) => {
    await dialOnPad(page, refusal.number);
    const callId = await readsRefusal(page, sandbox, refusal.number, refusal);
    await saveOutcome(page, 'No answer', '');
    const connection = await sandbox.connectionOf(sandbox.people.tomas);
    await expect
      .poll(
        async () =>
          (await tasksOfCall(connection, callId)).map((task) => [task.Call_Outcome__c, task.Talk_Seconds__c]),
        { timeout: 20_000 },
      )
      .toEqual([['noAnswer', 0]]);
  });

test('an announcement is heard while it rings, and the call that follows is talked', async ({
  page,
  sandbox,
}) => {
  await dialOnPad(page, '+44 20 7946 0200');
  const ringing = phoneOf(page).getByText('Ringing…');
  await expect(ringing).toBeVisible();
  await hears(page);
  await expect(ringing).toBeVisible();
  expect((await switchCalls(sandbox)).at(-1)?.answeredAt).toBeUndefined();
  await expect(phoneOf(page).getByText(/\d Talking\b/u)).toBeVisible({ timeout: 15_000 });
  await bothHear(page, sandbox);
});

test('an announcement that ends in 404 is heard, and the rep reads that the number is not in use', async ({
  page,
  sandbox,
}) => {
  const number = '+44 20 7946 0210';
  await dialOnPad(page, number);
  await expect(phoneOf(page).getByText('Ringing…')).toBeVisible();
  await hears(page);
  await readsRefusal(page, sandbox, number, REFUSALS[2]);
});
