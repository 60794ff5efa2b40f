import { RelayClient, newCallId, talkedFor } from './support/relayClient.ts';
import { scorecardOf, tasksOfCall } from './support/orgRecords.ts';
import { type RunningSandbox, expect, test } from './support/sandbox.ts';

const NUMBER = '+1 303 555 0142';
/** Nobody else calls it: of several calls to one number on a day not every second counts. */
const OTHER_NUMBER = '+1 303 555 0123';

async function contactId(sandbox: RunningSandbox): Promise<string> {
  const connection = await sandbox.connectionOf(sandbox.people.maya);
  const { records } = await connection.query<{ Id: string }>(
    "SELECT Id FROM Contact WHERE LastName = 'Ruiz'",
  );
  return records[0]?.Id ?? '';
}

async function placeCall(
  sandbox: RunningSandbox,
  number: string,
): Promise<{ phone: RelayClient; callId: string }> {
  const phone = await RelayClient.signIn(sandbox, sandbox.people.maya);
  const callId = newCallId();
  expect((await phone.permit(callId, number, await contactId(sandbox))).status).toBe(200);
  expect((await phone.sendDetail(callId, 'switch', talkedFor(65))).status).toBe(200);
  expect((await phone.sendEvents(callId, talkedFor(65))).status).toBe(200);
  return { phone, callId };
}

test('the relay is killed straight after it acknowledged the outcome: exactly one Task', async ({
  sandbox,
}) => {
  const { phone, callId } = await placeCall(sandbox, NUMBER);
  const processId = await sandbox.relayProcessId();
  const acknowledged = await phone.sendOutcome(callId, 5, 'meeting', 'Wants the spring catalogue');
  process.kill(processId, 'SIGKILL');
  expect(acknowledged.status).toBe(200);

  await sandbox.relayIsReady();
  const connection = await sandbox.connectionOf(sandbox.people.maya);
  await expect
    .poll(async () => (await tasksOfCall(connection, callId)).map((task) => task.Call_Outcome__c), {
      timeout: 30_000,
    })
    .toEqual(['meeting']);
  expect(await sandbox.relayProcessId()).not.toBe(processId);
});

test('the relay is killed while it delivers: exactly one Task, and a late carrier fact amends it', async ({
  sandbox,
}) => {
  const connection = await sandbox.connectionOf(sandbox.people.maya);
  const control = (action: string, body?: object): Promise<Response> =>
    fetch(`${sandbox.url}/sandbox/${action}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });

  const { phone, callId } = await placeCall(sandbox, OTHER_NUMBER);
  const acknowledged = await phone.sendOutcome(callId, 5, 'callBack', 'Call on Monday');
  expect(acknowledged.status).toBe(200);
  // The org has committed the Task and withholds its answer: the relay can't know that it was delivered. A request
  // that carries other calls or cards alone is let go.
  await expect(async () => {
    await control('release', {});
    await control('hold', { path: '/services/data/v66.0/composite' });
    expect((await control('held')).ok).toBe(true);
    expect(await tasksOfCall(connection, callId)).toHaveLength(1);
  }).toPass({ timeout: 60_000 });
  process.kill(await sandbox.relayProcessId(), 'SIGKILL');
  await control('release', {});
  await sandbox.relayIsReady();

  await expect
    .poll(async () => (await tasksOfCall(connection, callId)).map((task) => task.Call_Outcome__c), {
      timeout: 60_000,
    })
    .toEqual(['callBack']);
  const [before] = await tasksOfCall(connection, callId);
  await expect
    .poll(async () => (await scorecardOf(connection, sandbox.people.maya.userId))?.Watermark__c, {
      timeout: 60_000,
    })
    .toBeGreaterThanOrEqual(acknowledged.body.position);
  const scorecardBefore = await scorecardOf(connection, sandbox.people.maya.userId);

  expect((await phone.sendDetail(callId, 'carrier', talkedFor(95))).status).toBe(200);
  await expect
    .poll(async () => (await tasksOfCall(connection, callId)).map((task) => task.Talk_Seconds__c), {
      timeout: 30_000,
    })
    .toEqual([95]);
  const [after] = await tasksOfCall(connection, callId);
  expect(after?.Id).toBe(before?.Id);
  expect(after?.Call_Version__c).toBeGreaterThan(before?.Call_Version__c ?? 0);
  await expect
    .poll(async () => (await scorecardOf(connection, sandbox.people.maya.userId))?.Talk_Seconds__c, {
      timeout: 30_000,
    })
    .toBe((scorecardBefore?.Talk_Seconds__c ?? 0) + 30);
});
