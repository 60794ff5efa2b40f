import { type BrowserContext, type Locator, type Page, chromium } from '@playwright/test';
import playwrightConfig from '../playwright.config.ts';
import { openContact, saveOutcome, signIn, switchCallsSince } from './support/callFlow.ts';
import { goThrough, phoneOf } from './support/runningCall.ts';
import { type RunningSandbox, expect, test } from './support/sandbox.ts';
import { openSwitchProxy } from './support/switchProxy.ts';

const CALL_ANA = { name: 'Call Ana Ruiz, mobile' };
/** Longer than the checks may take that wait for what does not answer. */
const CHECKED_WITHIN = { timeout: 25_000 };

async function openPhone(page: Page): Promise<void> {
  const opener = phoneOf(page).locator('.slds-utility-bar__action');
  if ((await opener.getAttribute('aria-expanded')) !== 'true') await opener.click();
}

/** Has the phone checked, until its last line is decided; answers what each line says, with the mend of a failed one. */
async function check(page: Page): Promise<Record<string, string>> {
  await openPhone(page);
  const phone = phoneOf(page);
  await phone.getByRole('button', { name: /^Devices/u }).click();
  await phone.getByRole('button', { name: 'Check phone' }).click();
  const lines = phone.getByRole('list', { name: 'Checks of the phone' }).getByRole('listitem');
  await expect(lines).toHaveCount(5);
  await expect(phone.getByRole('button', { name: 'Check phone' })).toBeVisible(CHECKED_WITHIN);
  const said: Record<string, string> = {};
  for (const line of await lines.all())
    said[(await line.getAttribute('data-check')) ?? ''] = await wordsOf(line);
  await phone.getByRole('button', { name: /^Devices/u }).click();
  return said;
}

/** What the phone shows, beside what it announces. */
async function says(page: Page, words: string): Promise<void> {
  await expect(phoneOf(page).locator('p').filter({ hasText: words })).toBeVisible(CHECKED_WITHIN);
}

async function wordsOf(line: Locator): Promise<string> {
  const [words, mend] = [line.locator('.words'), line.locator('.mend')];
  return [await words.innerText(), ...(await mend.allInnerTexts())].join(': ').trim();
}

/** Adds to every session a media server at a port where nobody listens. */
async function nameDeafTurn(context: BrowserContext): Promise<void> {
  await context.route('**/v1/sessions', async (route) => {
    const response = await route.fetch();
    const session = (await response.json()) as { sip?: { iceServers: object[] } };
    session.sip?.iceServers.push({ urls: ['turn:127.0.0.1:9'], username: 'rep', credential: 'secret' });
    await route.fulfill({ response, json: session });
  });
}

test('preflight: every line is in order, and a media server that does not answer is named with what to do', async ({
  context,
  page,
  sandbox,
}) => {
  await signIn(page, sandbox, sandbox.people.tomas);
  const inOrder = {
    microphone: 'OK',
    socket: 'OK',
    codec: 'OK',
    mos: expect.stringMatching(/^OK · (good|fair), [34]\.\d of 4\.5$/u),
  };
  expect(await check(page)).toEqual({ ...inOrder, turn: 'Not checked' });

  await nameDeafTurn(context);
  await page.reload();
  expect(await check(page)).toEqual({
    ...inOrder,
    turn: 'Failed: The media server does not answer. Calls may have no sound on this network. Try another network, or ask your admin to open it. (SC-611)',
  });
});

test.describe('without the phone service', () => {
  // The proxy has a port of its own, which the page's policy does not name.
  test.use({ bypassCSP: true });

  test('preflight: a phone service or relay that is not reached is named with what to do', async ({
    context,
    page,
    sandbox,
  }) => {
    const proxy = await openSwitchProxy(sandbox.switchUrl);
    try {
      await goThrough(context, proxy);
      await signIn(page, sandbox, sandbox.people.tomas);
      await openPhone(page);
      await expect(phoneOf(page).getByText('Ready', { exact: true })).toBeVisible(CHECKED_WITHIN);
      proxy.stall();
      proxy.drop();
      await expect(phoneOf(page).getByText('Reconnecting', { exact: true })).toBeVisible(CHECKED_WITHIN);
      expect(await check(page)).toEqual({
        microphone: 'OK',
        socket:
          'Failed: Connection to the phone service lost. Check the network and VPN of this computer. If other pages open, a firewall may be in the way: ask your admin. (SC-604)',
        turn: 'Not checked',
        codec: 'OK',
        mos: 'Not checked',
      });

      await context.route(`${sandbox.relayUrl}/**`, (route) => route.abort());
      await page.reload();
      expect((await check(page))['socket']).toBe(
        'Failed: The relay does not answer. Check the network and VPN of this computer. If other pages open, ask your admin whether the relay runs. (SC-603)',
      );
    } finally {
      await proxy.close();
    }
  });
});

/** Runs with a browser that asks for the microphone as it asks everybody, and a page in which it was refused. */
async function withoutMicrophone(use: (context: BrowserContext, page: Page) => Promise<void>): Promise<void> {
  const { args = [], ...launch } = playwrightConfig.use?.launchOptions ?? {};
  const asking = args.filter((argument) => argument !== '--use-fake-ui-for-media-stream');
  const browser = await chromium.launch({ ...launch, args: asking });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: [] });
    await use(context, await context.newPage());
  } finally {
    await browser.close();
  }
}

test('complaint 16: a blocked microphone is named with what to do, and the phone works once it is allowed, without a reload', async ({
  sandbox,
}) => {
  await withoutMicrophone(async (context, page) => {
    await signIn(page, sandbox, sandbox.people.tomas);
    await openContact(page, 'Ana Ruiz');
    const phone = phoneOf(page);
    const blocked =
      'Microphone blocked. Click the icon left of the address, allow Microphone, then check again. (SC-601)';
    const callsSince = await switchCallsSince(sandbox);
    await page.getByRole('button', CALL_ANA).click();
    await says(page, blocked);
    expect(await callsSince()).toEqual([]);
    expect(await check(page)).toMatchObject({
      microphone: `Failed: ${blocked}`,
      socket: 'OK',
      codec: 'OK',
      mos: 'Not checked',
    });

    await context.grantPermissions(['microphone']);
    await phone.getByRole('button', { name: 'Check again' }).click();
    await expect(phone.getByText('Ready', { exact: true })).toBeVisible();
    await page.getByRole('button', CALL_ANA).click();
    await expect(phone.getByText(/\d Talking\b/u)).toBeVisible({ timeout: 20_000 });
    await phone.getByRole('button', { name: 'Hang up', exact: true }).click();
    await saveOutcome(page, 'Call back', '');
  });
});

/** Serves the page with another header than the org would send. */
async function changeHeader(
  page: Page,
  sandbox: RunningSandbox,
  name: string,
  change: (value: string) => string,
) {
  await page.unrouteAll();
  await page.route(`${sandbox.url}/lightning`, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), [name]: change(response.headers()[name] ?? '') };
    await route.fulfill({ response, headers });
  });
  await page.goto(`${sandbox.url}/lightning`);
  await openPhone(page);
}

test('complaint 16: a policy of the org that keeps the phone from its services or the microphone is named', async ({
  context,
  page,
  sandbox,
}) => {
  // Chromium trusts no page with this computer that a test has served in the org's place.
  await context.grantPermissions(['microphone', 'local-network-access']);
  await signIn(page, sandbox, sandbox.people.tomas);
  const untrusted =
    'Salesforce does not let this page reach the phone service. Ask your admin to add the addresses of relay and phone service to the Trusted URLs, then reload. (SC-633)';
  for (const address of [sandbox.relayUrl, sandbox.switchUrl]) {
    await changeHeader(page, sandbox, 'content-security-policy', (policy) => policy.replaceAll(address, ''));
    await says(page, untrusted);
  }

  await changeHeader(page, sandbox, 'permissions-policy', () => 'microphone=()');
  await page.getByRole('link', { name: 'Ana Ruiz', exact: true }).click();
  await page.getByRole('button', CALL_ANA).click();
  await says(
    page,
    'Salesforce does not let this page use the microphone. Ask your admin to allow the microphone in the org’s Permissions-Policy and Trusted URLs, then reload. (SC-630)',
  );
});

test('complaint 16: a permission set that is missing is named', async ({ page, sandbox }) => {
  await page.route(/PermissionSetAssignment/u, (route) => route.fulfill({ json: { records: [] } }));
  await signIn(page, sandbox, sandbox.people.tomas);
  await openPhone(page);
  await says(
    page,
    'You need the Scoreline Rep permission set to use the phone. Ask your Salesforce admin for it, then reload. (SC-635)',
  );
});
