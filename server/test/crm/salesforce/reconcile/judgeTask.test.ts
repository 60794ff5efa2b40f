import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUTCOME_CODES, type OutcomeCode } from '@scoreline/contract';
import fc from 'fast-check';
import {
  judgeTask,
  type DeliveryState,
  type TaskInOrg,
  type Verdict,
} from '../../../../src/crm/salesforce/reconcile/judgeTask.ts';

const CALL = { outcome: 'noInterest', outcomeVersion: 2 } as const;
const TASK: TaskInOrg = { version: 3, outcome: 'noInterest', isDeleted: false, isArchived: false };
const DELIVERY: DeliveryState = { deliveredVersion: 3, isNotedDeleted: false };

function judge(
  changes: {
    task?: Partial<TaskInOrg>;
    delivery?: Partial<DeliveryState>;
    call?: Partial<{ outcome: OutcomeCode | null; outcomeVersion: number | null }>;
  } = {},
): Verdict {
  const { task, delivery, call } = changes;
  return judgeTask({ ...CALL, ...call }, { ...TASK, ...task }, { ...DELIVERY, ...delivery });
}

test('what agrees is fine', () => {
  assert.deepEqual(judge(), { kind: 'fine' });
  assert.deepEqual(judge({ delivery: { deliveredVersion: null } }), { kind: 'fine' });
});

test('a deletion is news once', () => {
  assert.deepEqual(judge({ task: { isDeleted: true } }), { kind: 'deleted' });
  const noted = { isNotedDeleted: true };
  assert.deepEqual(judge({ task: { isDeleted: true }, delivery: noted }), { kind: 'fine' });
});

test('a deleted Task that was edited or fell behind before is only deleted', () => {
  assert.deepEqual(judge({ task: { isDeleted: true, outcome: 'meeting', version: 1 } }), { kind: 'deleted' });
});

test('what comes back from the recycle bin is restored', () => {
  assert.deepEqual(judge({ delivery: { isNotedDeleted: true } }), { kind: 'restored' });
});

test('an archived Task is left alone, whatever it says', () => {
  assert.deepEqual(judge({ task: { isArchived: true, version: 1, outcome: 'meeting' } }), { kind: 'fine' });
});

test('an older version than the relay wrote is outdated, also with another outcome', () => {
  assert.deepEqual(judge({ task: { version: 2 } }), { kind: 'outdated' });
  assert.deepEqual(judge({ task: { version: 2, outcome: 'meeting' } }), { kind: 'outdated' });
});

test('another outcome on the newest version is the rep’s edit', () => {
  assert.deepEqual(judge({ task: { outcome: 'meeting' } }), { kind: 'edited', outcome: 'meeting' });
  const unsaid = { outcome: null, outcomeVersion: null };
  assert.deepEqual(judge({ task: { outcome: 'busy' }, call: unsaid }), { kind: 'edited', outcome: 'busy' });
});

test('what the rep said on the phone since, and is still on its way, is the newer word', () => {
  const call = { outcome: 'callBack', outcomeVersion: 4 } as const;
  assert.deepEqual(judge({ task: { outcome: 'meeting' }, call }), { kind: 'fine' });
});

test('an outcome that the product does not know, or none, replaces nothing', () => {
  for (const outcome of ['Something of the customer’s', '', null])
    assert.deepEqual(judge({ task: { outcome } }), { kind: 'fine' });
});

test('an edit is taken over once: the call that has it agrees with its Task', () => {
  fc.assert(
    fc.property(
      fc.record({
        version: fc.nat(9),
        outcome: fc.option(fc.constantFrom(...OUTCOME_CODES)),
        isDeleted: fc.boolean(),
        isArchived: fc.boolean(),
      }),
      fc.record({ deliveredVersion: fc.option(fc.nat(9)), isNotedDeleted: fc.boolean() }),
      fc.record({
        outcome: fc.option(fc.constantFrom(...OUTCOME_CODES)),
        outcomeVersion: fc.option(fc.nat(9)),
      }),
      (task, delivery, call) => {
        const verdict = judgeTask(call, task, delivery);
        if (verdict.kind !== 'edited') return;
        const after = { outcome: verdict.outcome, outcomeVersion: task.version + 1 };
        assert.deepEqual(judgeTask(after, task, delivery), { kind: 'fine' });
      },
    ),
    { numRuns: 500 },
  );
});
