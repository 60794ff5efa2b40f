import { openContact, signIn, switchCalls, watchPeerConnections } from '../support/callFlow.ts';
import { endCall, untilPhone } from '../support/enginePhone.ts';
import { call, phoneOf } from '../support/runningCall.ts';
import { expect, test } from '../support/sandbox.ts';
import { isRequest, overhearSwitch, withBody } from '../support/signalling.ts';

test.beforeEach(async ({ page }) => {
  await watchPeerConnections(page);
});

test.afterEach(async ({ page }) => {
  await endCall(page);
});

test('digits go by SIP INFO, in their order, where the sound has no telephone events', async ({
  page,
  sandbox,
}) => {
  const signalling = await overhearSwitch(page, sandbox.switchUrl);
  signalling.fromPhone = (message) => (isRequest(message, 'INVITE') ? withoutEvents(message) : message);
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
  await call(page, sandbox);
  await phoneOf(page).getByRole('button', { name: 'Keypad', exact: true }).click();
  await phoneOf(page).getByRole('group', { name: 'Keypad' }).getByRole('button').first().focus();
  await page.keyboard.type('1590*#');
  await expect.poll(async () => (await switchCalls(sandbox)).at(-1)?.receivedKeys).toBe('1590*#');
  expect(signalling.sent.filter((message) => isRequest(message, 'INFO'))).toHaveLength(6);
});

function withoutEvents(invite: string): string {
  return withBody(invite, (sdp) => {
    const payloads = [...sdp.matchAll(/^a=rtpmap:(\d+) telephone-event/gmu)].map(([, payload]) => payload);
    return sdp
      .replace(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) .*\r\n/gmu, (line, payload: string) =>
        payloads.includes(payload) ? '' : line,
      )
      .replace(/^(m=audio \S+ \S+)(.*)$/mu, (_line, start: string, all: string) =>
        [
          start,
          ...all
            .trim()
            .split(' ')
            .filter((payload) => !payloads.includes(payload)),
        ].join(' '),
      );
  });
}

test('complaint 8: a registration whose refresh is never answered is made anew before it lapses', async ({
  page,
  sandbox,
}) => {
  const grantedSeconds = 120;
  const signalling = await overhearSwitch(page, sandbox.switchUrl);
  signalling.fromSwitch = (message) => message.replace(/;expires=\d+/gu, `;expires=${grantedSeconds}`);
  await page.clock.install();
  await signIn(page, sandbox, sandbox.people.tomas);
  await phoneOf(page).getByRole('button', { name: 'Phone', exact: true }).click();
  await untilPhone(page, ({ phoneState }) => phoneState === 'ready');
  const registeredAtMs = await page.evaluate(() => Date.now());
  const registers = () => signalling.sent.filter((message) => isRequest(message, 'REGISTER')).length;
  const before = registers();
  const { opened } = signalling;

  // The refresh is due after four fifths of the time granted: the page's clock goes ahead of the room's.
  signalling.fromPhone = (message) => (isRequest(message, 'REGISTER') ? undefined : message);
  await page.clock.fastForward(grantedSeconds * 800);
  await expect.poll(registers).toBe(before + 1);
  await expect(phoneOf(page).getByText('Reconnecting', { exact: true })).toBeVisible({ timeout: 12_000 });
  signalling.fromPhone = (message) => message;
  await expect(phoneOf(page).getByText('Ready', { exact: true })).toBeVisible({ timeout: 15_000 });
  expect(signalling.opened).toBeGreaterThan(opened);
  expect(await page.evaluate(() => Date.now())).toBeLessThan(registeredAtMs + grantedSeconds * 1_000);
});
