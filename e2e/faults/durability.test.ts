import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type Chain, startChain } from './support/chain.ts';
import { eventually } from './support/eventually.ts';
import { assertFinalSet } from './support/finalSet.ts';
import { type AcknowledgedCall, phoneOf } from './support/phone.ts';
import { MAY_MOUNT, moveEventsToSmallDisk } from './support/smallDisk.ts';
import {
  relayCommitWaits,
  statementsWaitForLock,
  whileCommitsGoUnanswered,
  whileLocked,
} from './support/waits.ts';

let chain: Chain;
const acknowledged: AcknowledgedCall[] = [];

before(async () => {
  chain = await startChain({ webs: 1, workers: 1 });
});
after(() => chain.stop());
afterEach(() => assertFinalSet(chain, acknowledged));

test('13 kill −9 before commit: no acknowledgement, and the sender’s retry recovers', async () => {
  const phone = phoneOf(chain, 0);
  const callId = await phone.dial();
  let sending: Promise<AcknowledgedCall> | undefined;
  await whileLocked(chain, callId, async () => {
    sending = phone.chooseOutcome(callId);
    await statementsWaitForLock(chain);
    chain.webs[0]?.signal('SIGKILL');
    await eventually('the phone has lost its connection', () => phone.statuses.includes(null));
  });
  const call = await sending;
  assert.ok(call);
  acknowledged.push(call);
  assert.equal(call.attempts[0], null);
  assert.deepEqual([call.acknowledgement.stored, call.acknowledgement.duplicates], [1, 0]);
});

test('14 kill −9 after commit and before the acknowledgement: the duplicate is absorbed', async () => {
  const phone = phoneOf(chain, 0);
  const callId = await phone.dial();
  // Its commits would be taken for the one that matters.
  await chain.workers[0]?.stop();
  let sending: Promise<AcknowledgedCall> | undefined;
  await whileCommitsGoUnanswered(chain, async () => {
    sending = phone.chooseOutcome(callId);
    await relayCommitWaits(chain);
    chain.webs[0]?.signal('SIGKILL');
    await eventually('the phone has lost its connection', () => phone.statuses.includes(null));
  });
  await chain.workers[0]?.start();
  const call = await sending;
  assert.ok(call);
  acknowledged.push(call);
  assert.equal(call.attempts[0], null);
  assert.deepEqual([call.acknowledgement.stored, call.acknowledgement.duplicates], [0, 1]);
});

for (const [manner, end] of [
  ['is killed', () => chain.server.kill()],
  ['restarts', () => Promise.resolve()],
] as const)
  test(`16 PostgreSQL ${manner} in mid-transaction: retried`, async () => {
    const phone = phoneOf(chain, 1);
    const callId = await phone.dial();
    let sending: Promise<AcknowledgedCall> | undefined;
    await whileLocked(chain, callId, async () => {
      sending = phone.chooseOutcome(callId);
      await statementsWaitForLock(chain);
      await end();
      await chain.server.restart();
    });
    const call = await sending;
    assert.ok(call);
    acknowledged.push(call);
    assert.equal(call.attempts[0], 503);
    assert.deepEqual([call.acknowledgement.stored, call.acknowledgement.duplicates], [1, 0]);
  });

test(
  '17 disk full: 503, no false acknowledgement, recovers alone',
  { skip: MAY_MOUNT ? false : 'a disk can be filled only where a file system may be mounted' },
  async () => {
    const disk = await moveEventsToSmallDisk(chain);
    const phones = [phoneOf(chain, 0), phoneOf(chain, 1)];
    let isClear = false;
    await disk.fill();
    const calling = phones.map(async (phone) => {
      // Some calls still find room in blocks that exist.
      while (!isClear) acknowledged.push(await phone.placeCall({ outcome: 'callBack' }));
    });
    await eventually('both phones are refused', () =>
      phones.every(({ statuses }) => statuses.filter((status) => status === 503).length > 1),
    );
    isClear = true;
    await disk.clear();
    await Promise.all(calling);
    assert.deepEqual([...new Set(phones.flatMap(({ statuses }) => statuses))].toSorted(), [200, 503]);
    await disk.remove();
  },
);

test('22 pool exhausted: a fast 503, and served again once there is a connection', async () => {
  const blocked = Array.from({ length: 10 }, () => phoneOf(chain, 0));
  const phone = phoneOf(chain, 1);
  const other = await phone.dial();
  const callIds = await Promise.all(blocked.map((each) => each.dial()));
  let sending: Promise<AcknowledgedCall[]> | undefined;
  await whileLocked(chain, callIds[0] ?? '', async () => {
    const first = blocked[0]?.chooseOutcome(callIds[0] ?? '');
    await statementsWaitForLock(chain, 1);
    // These wait for the first one's hold on their rep's position: the pool's ten connections are taken.
    const others = blocked.slice(1).map((each, index) => each.chooseOutcome(callIds[index + 1] ?? ''));
    await statementsWaitForLock(chain, 10);
    const late = phone.chooseOutcome(other);
    sending = Promise.all([...(first === undefined ? [] : [first]), ...others, late]);
    await eventually('the late one is refused', () => phone.statuses.includes(503));
    // It did not have to wait until those before it gave up.
    assert.ok(blocked.every(({ statuses }) => !statuses.includes(503)));
  });
  const calls = await sending;
  assert.ok(calls);
  acknowledged.push(...calls);
});
