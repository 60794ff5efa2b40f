import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { BrowserContext, Page } from '@playwright/test';
import { openContact, signIn, switchCalls, watchPeerConnections } from '../support/callFlow.ts';
import { endCall, untilPhone } from '../support/enginePhone.ts';
import { jumpAhead } from '../support/pageClock.ts';
import { call, phoneOf } from '../support/runningCall.ts';
import { expect, test } from '../support/sandbox.ts';
import { isRequest, overhearSwitch, withBody } from '../support/signalling.ts';

/** What the SIP library waits for silent media servers unless told otherwise; Chromium searches twice as long. */
const LIBRARY_WAITS_MS = 5_000;

/** A port that takes what comes and never answers. */
async function openSilentPort(): Promise<{ socket: Socket; port: number; readonly asked: number }> {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', () => (asked += 1));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    socket,
    port: socket.address().port,
    get asked() {
      return asked;
    },
  };
}

/** Names these media servers, and no others, to every phone of the context. */
async function nameMediaServers(context: BrowserContext, iceServers: readonly object[]): Promise<void> {
  await context.route('**/v1/sessions', async (route) => {
    const response = await route.fetch();
    const session = (await response.json()) as { sip?: { iceServers: readonly object[] } };
    if (session.sip !== undefined) session.sip.iceServers = iceServers;
    await route.fulfill({ response, json: session });
  });
}

interface FirstInvite {
  readonly gathering: string;
  readonly afterClickMs: number;
}

/** Notes, when the first INVITE leaves, how far the search for addresses has come, and how long ago the rep clicked. */
async function watchFirstInvite(page: Page): Promise<() => Promise<FirstInvite | undefined>> {
  await page.addInitScript(() => {
    const noted = globalThis as unknown as {
      scorelineTestConnections: RTCPeerConnection[];
      scorelineTestInvite?: FirstInvite;
    };
    let clickedAtMs = 0;
    window.addEventListener('click', () => (clickedAtMs = performance.now()), true);
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
      if (typeof data === 'string' && data.startsWith('INVITE '))
        noted.scorelineTestInvite ??= {
          gathering: noted.scorelineTestConnections.at(-1)?.iceGatheringState ?? 'none',
          afterClickMs: performance.now() - clickedAtMs,
        };
      send.call(this, data);
    };
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { scorelineTestInvite?: FirstInvite }).scorelineTestInvite);
}

test.beforeEach(async ({ page }) => {
  await watchPeerConnections(page);
});

test.afterEach(async ({ page }) => {
  await endCall(page);
});

test('complaint 3: media servers that never answer do not hold the INVITE back', async ({
  context,
  page,
  sandbox,
}) => {
  const silent = await openSilentPort();
  await nameMediaServers(context, [
    { urls: [`stun:127.0.0.1:${silent.port}`] },
    { urls: [`turn:127.0.0.1:${silent.port}`], username: 'rep', credential: 'secret' },
  ]);
  const firstInvite = await watchFirstInvite(page);
  await signIn(page, sandbox, sandbox.people.tomas);
  await openContact(page, 'Ana Ruiz');
  await call(page, sandbox);
  const invite = await firstInvite();
  expect(invite?.gathering).toBe('gathering');
  expect(invite?.afterClickMs).toBeLessThan(LIBRARY_WAITS_MS / 2);
  expect(silent.asked).toBeGreaterThan(0);
  silent.socket.close();
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
  const registers = () => signalling.sent.filter((message) => isRequest(message, 'REGISTER')).length;
  const before = registers();
  const { opened } = signalling;

  // The refresh is due after four fifths of the time granted: the page's clock goes ahead of the room's.
  signalling.fromPhone = (message) => (isRequest(message, 'REGISTER') ? undefined : message);
  const dueAtMs = Date.now();
  await jumpAhead(page, grantedSeconds * 800);
  await expect.poll(registers).toBe(before + 1);
  await expect(phoneOf(page).getByText('Reconnecting', { exact: true })).toBeVisible({ timeout: 12_000 });
  signalling.fromPhone = (message) => message;
  await expect(phoneOf(page).getByText('Ready', { exact: true })).toBeVisible({ timeout: 15_000 });
  expect(signalling.opened).toBeGreaterThan(opened);
  // From then on it goes with the room's, and a fifth is left until the registration lapses.
  expect(Date.now() - dueAtMs).toBeLessThan(grantedSeconds * 200);
});
