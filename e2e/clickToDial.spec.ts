import {
  figuresOnPage,
  openContact,
  openTab,
  saveOutcome,
  signIn,
  switchCalls,
  talk,
  watchPeerConnections,
  wrapUp,
} from './support/callFlow.ts';
import { scorecardOf, tasksOfCall } from './support/orgRecords.ts';
import { expect, test } from './support/sandbox.ts';

const NOTE = 'Wants the spring catalogue <img src=x onerror=alert(1)>';

test.describe('click to dial', () => {
  test.beforeEach(async ({ page }) => {
    await watchPeerConnections(page);
  });

  test('a click on the record rings, talks, is logged once and moves the score', async ({
    page,
    sandbox,
  }) => {
    const { maya } = sandbox.people;
    const connection = await sandbox.connectionOf(maya);
    const before = await scorecardOf(connection, maya.userId);
    await signIn(page, sandbox, maya);
    await openContact(page, 'Ana Ruiz');

    await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).click();
    await expect(page.getByRole('contentinfo').getByText('Ringing…')).toBeVisible({ timeout: 10_000 });
    await talk(page, sandbox);
    await wrapUp(page, 'Meeting', NOTE);

    const timeline = page.locator('.slds-timeline');
    await expect(timeline.getByText('Meeting').first()).toBeVisible({ timeout: 15_000 });
    await expect(timeline.getByText(NOTE)).toBeVisible();

    const callId = (await switchCalls(sandbox)).at(-1)?.callId ?? '';
    await expect
      .poll(async () => (await tasksOfCall(connection, callId)).map((task) => task.Call_Outcome__c))
      .toEqual(['meeting']);
    const [task] = await tasksOfCall(connection, callId);
    const { records: contacts } = await connection.query<{ Id: string }>(
      "SELECT Id FROM Contact WHERE Name = 'Ana Ruiz'",
    );
    expect(task).toMatchObject({
      OwnerId: maya.userId,
      WhoId: contacts[0]?.Id,
      Status: 'Completed',
      TaskSubtype: 'Call',
      CallType: 'Outbound',
      CallObject: callId,
      CallDisposition: 'Meeting',
      Description: NOTE,
      Call_Id__c: callId,
      Call_Outcome__c: 'meeting',
      Call_Evidence__c: 'verified',
      Hold_Seconds__c: 0,
    });
    expect(task?.Talk_Seconds__c).toBeGreaterThanOrEqual(10);
    expect(task?.CallDurationInSeconds).toBe(task?.Talk_Seconds__c);
    expect(task?.Ring_Seconds__c).toBeGreaterThanOrEqual(0);
    expect(task?.After_Call_Seconds__c).toBeGreaterThanOrEqual(0);
    expect(task?.Call_Version__c).toBeGreaterThan(0);

    await expect
      .poll(async () => (await scorecardOf(connection, maya.userId))?.Connects__c)
      .toBe((before?.Connects__c ?? 0) + 1);
    const after = await scorecardOf(connection, maya.userId);
    expect(after?.Dials__c).toBe((before?.Dials__c ?? 0) + 1);
    expect(after?.Talk_Seconds__c).toBe((before?.Talk_Seconds__c ?? 0) + (task?.Talk_Seconds__c ?? 0));
    expect(after?.Score__c).not.toBe(before?.Score__c);
  });

  test('the scorecard on the page follows within 5 s of saving, without reload', async ({
    page,
    sandbox,
  }) => {
    await signIn(page, sandbox, sandbox.people.maya);
    // Another number than the test before: a number counts once a day.
    await openContact(page, 'Kim Wu');
    await page.getByRole('button', { name: 'Call Kim Wu, mobile' }).click();
    await openTab(page, 'Scorecards');
    await talk(page, sandbox);
    const before = await figuresOnPage(page);
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));

    await wrapUp(page, 'Call back', 'Call on Monday');
    await expect
      .poll(() => figuresOnPage(page), { timeout: 5_000, intervals: [100] })
      .toMatchObject({
        dials: String(Number(before.dials) + 1),
        connects: String(Number(before.connects) + 1),
      });
    expect((await figuresOnPage(page)).score).not.toBe(before.score);
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
  });

  test('keys pressed fast arrive in their order', async ({ page, sandbox }) => {
    await signIn(page, sandbox, sandbox.people.tomas);
    await openContact(page, 'Ana Ruiz');
    await page.getByRole('button', { name: 'Call Ana Ruiz, mobile' }).click();
    await talk(page, sandbox);
    const phone = page.getByRole('contentinfo', { name: 'Utility Bar' });
    await phone.getByRole('button', { name: 'Keypad', exact: true }).click();
    for (const key of ['1', '2', '3', '4'])
      await phone
        .getByRole('group', { name: 'Keypad' })
        .getByRole('button', { name: key, exact: true })
        .click();
    await expect.poll(async () => (await switchCalls(sandbox)).at(-1)?.receivedKeys).toBe('1234');
    await wrapUp(page, 'No interest', '');
  });

  test('a busy prospect counts as a dial and no connect', async ({ page, sandbox }) => {
    const { maya } = sandbox.people;
    const connection = await sandbox.connectionOf(maya);
    const before = await scorecardOf(connection, maya.userId);
    await signIn(page, sandbox, maya);
    await openContact(page, 'Jonas Whitfield');
    await page.getByRole('button', { name: 'Call Jonas Whitfield, mobile' }).click();
    await expect(page.getByRole('contentinfo').getByRole('group', { name: 'Outcome' })).toBeVisible({
      timeout: 15_000,
    });
    await saveOutcome(page, 'Busy', '');
    await expect
      .poll(async () => (await scorecardOf(connection, maya.userId))?.Dials__c)
      .toBe((before?.Dials__c ?? 0) + 1);
    expect((await scorecardOf(connection, maya.userId))?.Connects__c).toBe(before?.Connects__c);
  });
});

test.describe('who may see and change what', () => {
  test('the rep cannot write a network fact, and can correct the outcome', async ({ sandbox }) => {
    const connection = await sandbox.connectionOf(sandbox.people.maya);
    const { records } = await connection.query<{ Id: string; Talk_Seconds__c: number }>(
      'SELECT Id, Talk_Seconds__c FROM Task WHERE Call_Id__c != null ORDER BY CreatedDate LIMIT 1',
    );
    const [task] = records;
    if (task === undefined) throw new Error('The sample quarter has no call');
    for (const field of ['Talk_Seconds__c', 'Call_Evidence__c', 'Call_Version__c', 'Ring_Seconds__c'])
      await expect(
        connection
          .sobject('Task')
          .update({ Id: task.Id, [field]: field === 'Call_Evidence__c' ? 'verified' : 1_200 }),
      ).rejects.toMatchObject({ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' });
    await expect(
      connection.sobject('Rep_Scorecard__c').create({ Scorecard_Key__c: 'forged', Score__c: 100 }),
    ).rejects.toBeDefined();

    await connection.sobject('Task').update({ Id: task.Id, Call_Outcome__c: 'noInterest' });
    const after = await connection.sobject('Task').retrieve(task.Id);
    expect(after).toMatchObject({ Call_Outcome__c: 'noInterest', Talk_Seconds__c: task.Talk_Seconds__c });
  });

  test('the manager sees the rep’s scorecard, the other rep does not', async ({ page, sandbox }) => {
    const { ingrid, maya, tomas } = sandbox.people;
    expect(await scorecardOf(await sandbox.connectionOf(ingrid), maya.userId)).toBeDefined();
    expect(await scorecardOf(await sandbox.connectionOf(maya), maya.userId)).toBeDefined();
    expect(await scorecardOf(await sandbox.connectionOf(tomas), maya.userId)).toBeUndefined();

    await signIn(page, sandbox, ingrid);
    await openTab(page, 'Scorecards');
    await page.getByRole('combobox', { name: 'Whose scorecard' }).click();
    await page.getByRole('option', { name: maya.name }).click();
    await expect(page.locator('tr[data-metric="dials"] .now')).toBeVisible();
  });
});
