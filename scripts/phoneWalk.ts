import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { login } from '../e2e/support/login.ts';
import { makeOutcomeOptional } from '../e2e/support/optionalOutcome.ts';
import { layoutFaults } from './layoutFaults.ts';
import { type CalledPeople, type PhoneScreen, phoneScreens } from './phoneScreens.ts';
import { scriptPhone, showSnapshot } from './scriptedPhone.ts';
import type { ShootPage } from './screenshotWalks.ts';

/** The panel at the two widths it is laid out for, and what a desk of 1,280 px shows of it at 200 % zoom. */
const PHONE_VIEWS = [
  { name: 'phone-320', viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 },
  { name: 'phone-340', viewport: { width: 340, height: 640 }, deviceScaleFactor: 2 },
  { name: 'phone-at-200-percent', viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
] as const;

const PANEL = '.slds-utility-panel.slds-is-open';

/**
 * Takes every state of the phone, each on a page of its own with a phone that shows that state.
 * @throws once all are taken, naming the states in which text is cut off or covered, or something scrolls sideways
 */
export async function phoneStates(browser: Browser, url: string, shoot: ShootPage): Promise<void> {
  const faults: string[] = [];
  const session = await signInFirstRep(url);
  const people = await findPeople(url, session.accessToken);
  for (const view of PHONE_VIEWS) {
    const context = await browser.newContext({
      viewport: view.viewport,
      deviceScaleFactor: view.deviceScaleFactor,
    });
    await signIn(context, session);
    const screens = phoneScreens(people, Date.now());
    let usualPlace: number | undefined;
    // What is pressed or set up in one state stays so in the next: those states get a page each.
    const shared = await openPhone(context, url, screens);
    for (const screen of screens) {
      const isAlike = screen.press === undefined && screen.isOutcomeOptional !== true;
      const page = isAlike ? shared : await openPhone(context, url, [screen]);
      await showSnapshot(page, screen.snapshot);
      const bar = page.getByRole('contentinfo', { name: 'Utility Bar' });
      const opener = bar.locator('.slds-utility-bar__action');
      if ((await opener.getAttribute('aria-expanded')) !== 'true') await opener.click();
      await screen.press?.(bar);
      const state = `${view.name}-${screen.name}`;
      await shoot(page, state);
      for (const fault of await layoutFaults(bar.locator(PANEL))) faults.push(`${state}: ${fault}`);
      const place = await placeOfControls(bar);
      usualPlace ??= place;
      if (place !== undefined && place !== usualPlace)
        faults.push(
          `${state}: the call controls are ${place - (usualPlace ?? 0)} px lower than in other states`,
        );
      if (page !== shared) await page.close();
    }
    await context.close();
  }
  if (faults.length > 0) throw new Error(`The phone is not laid out as it should be:\n${faults.join('\n')}`);
}

/** How far down in the panel the call controls begin, in pixels; undefined while the outcome is asked for. */
async function placeOfControls(bar: Locator): Promise<number | undefined> {
  const [phone, controls] = [bar.locator('.phone'), bar.getByRole('group', { name: 'Call controls' })];
  if ((await controls.count()) === 0) return undefined;
  const [around, inside] = [await phone.boundingBox(), await controls.boundingBox()];
  return Math.round((inside?.y ?? 0) - (around?.y ?? 0));
}

async function openPhone(
  context: BrowserContext,
  url: string,
  screens: readonly PhoneScreen[],
): Promise<Page> {
  const page = await context.newPage();
  const [first] = screens;
  if (first !== undefined) await scriptPhone(page, first.snapshot);
  if (first?.isOutcomeOptional === true) await makeOutcomeOptional(page);
  await page.goto(`${url}/lightning`);
  return page;
}

interface Session {
  readonly accessToken: string;
  readonly userId: string;
}

async function signInFirstRep(url: string): Promise<Session> {
  const users = (await (await fetch(`${url}/sandbox/users`)).json()) as { userId: string; name: string }[];
  const maya = users.find(({ name }) => name.startsWith('Maya'));
  if (maya === undefined) throw new Error('The sample data has no Maya');
  return { userId: maya.userId, ...(await login(url, maya.userId)) };
}

/** The ids of the people whose calls are shown. */
async function findPeople(url: string, accessToken: string): Promise<CalledPeople> {
  const idOf = async (name: string): Promise<string> => {
    const soql = `SELECT Id FROM Contact WHERE Name = '${name}'`;
    const response = await fetch(`${url}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    const { records } = (await response.json()) as { records: { Id: string }[] };
    return records[0]?.Id ?? '';
  };
  return {
    ana: await idOf('Ana Ruiz'),
    lena: await idOf('Lena Hartwig'),
    samuel: await idOf('Samuel Adeyemi'),
  };
}

/** Every page of the context is this person's from its start. */
async function signIn(context: BrowserContext, session: Session): Promise<void> {
  await context.addInitScript((text) => {
    sessionStorage.setItem('scoreline.session', text);
  }, JSON.stringify(session));
}
