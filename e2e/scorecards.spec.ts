import type { Page } from '@playwright/test';
import { readShortPeriods } from '@scoreline/contract';
import type { Connection } from 'jsforce';
import { openContact, openTab, saveOutcome, signIn, talk, watchPeerConnections } from './support/callFlow.ts';
import {
  askLedger,
  dayIn,
  positionInLedger,
  recomputedCalls,
  recomputedSales,
  workingDays,
  type Quarter,
} from './support/recomputed.ts';
import { momentAt, newCallId, RelayClient, talkedFor } from './support/relayClient.ts';
import { expect, test, type RunningSandbox, type SandboxUser } from './support/sandbox.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Card {
  readonly fields: Fields;
  readonly metrics: ReadonlyMap<string, Fields>;
  readonly quarter: Quarter;
}

/** The rep's newest card with its metrics, as this connection's user sees them. */
async function newestCard(connection: Connection, userId: string): Promise<Card> {
  const { records } = await connection.query<Fields>(
    `SELECT FIELDS(ALL) FROM Rep_Scorecard__c WHERE Rep__c = '${userId}' ORDER BY Period_Start__c DESC LIMIT 1`,
  );
  const [fields] = records;
  if (fields === undefined) throw new Error('The rep has no card');
  const metrics = await connection.query<Fields>(
    `SELECT FIELDS(ALL) FROM Rep_Metric__c WHERE Scorecard__c = '${String(fields['Id'])}' LIMIT 50`,
  );
  return {
    fields,
    metrics: new Map(metrics.records.map((metric) => [String(metric['Metric__c']), metric])),
    quarter: { startDay: String(fields['Period_Start__c']), endDay: String(fields['Period_End__c']) },
  };
}

/** The newest card once every call that the ledger has of the rep is in it. */
async function settledCard(sandbox: RunningSandbox, connection: Connection, userId: string): Promise<Card> {
  let card = await newestCard(connection, userId);
  await expect
    .poll(
      async () => {
        card = await newestCard(connection, userId);
        return Number(card.fields['Watermark__c']) - (await positionInLedger(sandbox, userId));
      },
      { timeout: 90_000 },
    )
    .toBe(0);
  return card;
}

async function expectRecomputed(
  sandbox: RunningSandbox,
  connection: Connection,
  rep: SandboxUser,
): Promise<void> {
  const card = await settledCard(sandbox, connection, rep.userId);
  const calls = await recomputedCalls(sandbox, rep.userId, card.quarter);
  const sales = await recomputedSales(connection, rep.userId, card.quarter);
  const meetings = Math.min(calls.meetings, sales.calendarMeetings);
  const values: Readonly<Record<string, number>> = {
    dials: calls.dials,
    connects: calls.connects,
    connectRate: calls.connects / calls.dials,
    conversations: calls.conversations,
    talkSeconds: calls.talkSeconds,
    meetingsPerConversation: meetings / calls.conversations,
    meetingsPerDial: meetings / calls.dials,
    afterCallSeconds: calls.afterCallSeconds / calls.wrappedCalls,
    handleSeconds: calls.handleSeconds / calls.handledDials,
    attainment: sales.wonAmount / sales.quota,
    pipelineCoverage: sales.openAmount / (sales.quota - sales.wonAmount),
    winRate: sales.won / sales.decided,
    commitmentsKept: sales.kept / sales.promised,
  };
  for (const [metric, value] of Object.entries(values))
    expect.soft(Number(card.metrics.get(metric)?.['Value__c']), metric).toBeCloseTo(value, 3);
  await expectPoints(connection, rep, card, values);
  await expectShortPeriods(sandbox, rep, card);
}

/** The newest two months and weeks, each as SQL over the ledger has the calls of its days. */
async function expectShortPeriods(
  sandbox: RunningSandbox,
  { userId }: SandboxUser,
  { metrics, quarter }: Card,
): Promise<void> {
  for (const field of SHORT_PERIOD_FIELDS) {
    let { endDay } = quarter;
    for (const { startDay } of figuresOf(metrics, 'dials', field).slice(-2).toReversed()) {
      const calls = await recomputedCalls(sandbox, userId, { startDay, endDay });
      for (const name of ['dials', 'connects', 'conversations', 'talkSeconds'] as const) {
        const figure = figuresOf(metrics, name, field).find((each) => each.startDay === startDay);
        expect.soft(figure?.numerator ?? 0, `${name} from ${startDay}`).toBe(calls[name]);
      }
      endDay = dayIn(new Date(Date.parse(`${startDay}T12:00:00Z`) - DAY_MS));
    }
  }
}

const SHORT_PERIOD_FIELDS = ['Months__c', 'Weeks__c'] as const;
const DAY_MS = 86_400_000;

function figuresOf(metrics: Card['metrics'], name: string, field: (typeof SHORT_PERIOD_FIELDS)[number]) {
  return readShortPeriods(String(metrics.get(name)?.[field]));
}

/** Points by the plain rule: the weight times how far the value is on the way to the target to date. */
async function expectPoints(
  connection: Connection,
  rep: SandboxUser,
  { fields, metrics, quarter }: Card,
  values: Readonly<Record<string, number>>,
): Promise<void> {
  const goals = async (soql: string) => (await connection.query<Fields>(soql)).records;
  const targets = await goals(
    `SELECT Metric__c, Target__c FROM Rep_Target__c WHERE Rep__c = '${rep.userId}'`,
  );
  const weights = await goals('SELECT Metric__c, Weight__c FROM Score_Weight__c');
  const passed =
    workingDays(quarter.startDay, dayIn(new Date())) / workingDays(quarter.startDay, quarter.endDay);
  const growing = new Set(['dials', 'connects', 'conversations', 'talkSeconds', 'attainment']);
  let sum = 0;
  for (const { Metric__c, Weight__c } of weights) {
    const name = String(Metric__c);
    const target = Number(targets.find((each) => each['Metric__c'] === name)?.['Target__c']);
    const toDate = target * (growing.has(name) ? passed : 1);
    const points = Number(Weight__c) * Math.min((values[name] ?? 0) / toDate, 1);
    expect.soft(Number(metrics.get(name)?.['Points__c']), `points of ${name}`).toBeCloseTo(points, 0);
    sum += Number(metrics.get(name)?.['Points__c']);
  }
  expect(Number(fields['Score__c'])).toBeCloseTo(sum, 5);
  expect(Number(fields['Score_Low__c'])).toBeLessThanOrEqual(Number(fields['Score__c']));
  expect(Number(fields['Score_High__c'])).toBeGreaterThanOrEqual(Number(fields['Score__c']));
}

/** What each row of the table says now, by metric. */
async function rowsOnPage(page: Page): Promise<Record<string, string>> {
  const rows = page.locator('tr[data-metric]');
  await expect(rows.first()).toBeVisible({ timeout: 15_000 });
  const entries = await rows.evaluateAll((elements) =>
    elements.map((row) => [
      row.getAttribute('data-metric') ?? '',
      row.querySelector('.now')?.textContent?.trim() ?? '',
    ]),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

test.describe('scorecards', () => {
  test('a rep calls, and rep and manager see the same new numbers, each as SQL over the ledger has it', async ({
    page,
    browser,
    sandbox,
  }) => {
    test.setTimeout(300_000);
    const { tomas, ingrid } = sandbox.people;
    const connection = await sandbox.connectionOf(ingrid);
    const before = await settledCard(sandbox, connection, tomas.userId);
    await expectRecomputed(sandbox, connection, tomas);

    await watchPeerConnections(page);
    await signIn(page, sandbox, tomas);
    await openContact(page, 'Samuel Adeyemi');
    await page.getByRole('button', { name: 'Call Samuel Adeyemi, mobile' }).click();
    await openTab(page, 'Scorecards');
    await talk(page, sandbox);
    await page.getByRole('contentinfo').getByRole('button', { name: 'Hang up', exact: true }).click();
    await saveOutcome(page, 'Call back', 'Asked for the price list');
    await expect
      .poll(async () => (await rowsOnPage(page))['dials'], { timeout: 10_000 })
      .toBe(String(Number(before.fields['Dials__c']) + 1));
    await expectRecomputed(sandbox, connection, tomas);
    for (const [view, field] of [
      ['Weeks', 'Weeks__c'],
      ['Months', 'Months__c'],
    ] as const) {
      const dials = figuresOf(before.metrics, 'dials', field).at(-1)?.numerator ?? 0;
      await page.getByText(view, { exact: true }).click();
      expect((await rowsOnPage(page))['dials'], view).toBe(String(dials + 1));
    }
    await page.getByText('Quarter', { exact: true }).click();

    const office = await browser.newPage();
    await signIn(office, sandbox, ingrid);
    await openTab(office, 'Scorecards');
    await office.getByRole('combobox', { name: 'Whose scorecard' }).click();
    await office.getByRole('option', { name: tomas.name }).click();
    await expect.poll(() => rowsOnPage(office), { timeout: 15_000 }).toEqual(await rowsOnPage(page));
    await office.close();
  });

  test('a closed quarter does not change when a late fact arrives; the fact is listed', async ({
    sandbox,
  }) => {
    test.setTimeout(120_000);
    const { maya, ingrid } = sandbox.people;
    const connection = await sandbox.connectionOf(ingrid);
    const current = await newestCard(connection, maya.userId);
    const closed = await cardBefore(connection, maya.userId, current.quarter.startDay);
    const created = await connection.sobject('Quarter_Close__c').create({
      Rep__c: maya.userId,
      Close_Key__c: String(closed['Scorecard_Key__c']),
      Period_Label__c: String(closed['Period_Label__c']),
      Period_Start__c: String(closed['Period_Start__c']),
      Period_End__c: String(closed['Period_End__c']),
      Signed_Off__c: true,
      Signed_Off_By__c: ingrid.userId,
      Signed_Off_At__c: new Date().toISOString(),
    });
    expect(created.success).toBe(true);
    await expect
      .poll(
        async () =>
          (await askLedger(sandbox, 'select 1 from closed_period where user_id = $1', [maya.userId])).length,
        { timeout: 60_000 },
      )
      .toBe(1);

    const phone = await RelayClient.signIn(sandbox, maya);
    const callId = newCallId();
    await phone.permit(callId, '+1 303 555 0142');
    const lateMs = Date.parse(`${String(closed['Period_End__c'])}T16:00:00Z`) - Date.parse(momentAt(0, 1).at);
    const answer = await phone.sendDetail(
      callId,
      'switch',
      talkedFor(300).map((event) => ({
        ...event,
        at: new Date(Date.parse(event.at) + lateMs).toISOString(),
      })),
    );
    expect(answer.status).toBe(200);

    await expect
      .poll(
        async () =>
          (await connection.sobject('Quarter_Close__c').retrieve(created.id ?? ''))['Late_Facts__c'],
        {
          timeout: 60_000,
        },
      )
      .toBe(1);
    expect(await cardBefore(connection, maya.userId, current.quarter.startDay)).toEqual(closed);
  });
});

/** The card of the quarter before a day, as it stands in the org. */
async function cardBefore(connection: Connection, userId: string, day: string): Promise<Fields> {
  const { records } = await connection.query<Fields>(
    `SELECT FIELDS(ALL) FROM Rep_Scorecard__c
     WHERE Rep__c = '${userId}' AND Period_Start__c < ${day} ORDER BY Period_Start__c DESC LIMIT 1`,
  );
  const [card] = records;
  if (card === undefined) throw new Error('There is no earlier card');
  return card;
}
