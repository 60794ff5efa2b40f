import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkEvent, OutcomeEvent } from '@scoreline/contract';
import { ERRORS } from '@scoreline/contract';
import fc from 'fast-check';
import type { OutboxItem } from '../../src/domain/outbox.ts';
import { callsToSend, isRefusedForGood, nextBatch } from '../../src/domain/outbox.ts';
import { isErrorName } from '../../src/domain/phoneError.ts';
import { callIdOf, OWNER } from '../support/samples.ts';

const AT = '2026-11-23T09:00:00.000Z';

function networkItem(call: number, sequence: number, values: Partial<OutboxItem> = {}): OutboxItem {
  const event: NetworkEvent = { kind: 'ringing', sequence, at: AT, elapsedMs: 0 };
  return { callId: callIdOf(call), owner: OWNER, event, ...values };
}

function outcomeItem(call: number, sequence: number): OutboxItem {
  const event: OutcomeEvent = {
    kind: 'outcome',
    outcome: 'meeting',
    note: '',
    sequence,
    at: AT,
    elapsedMs: 0,
  };
  return { callId: callIdOf(call), owner: OWNER, event };
}

test('whatever order things were kept in, each call is sent in the order of its events', () => {
  const someItems = fc.uniqueArray(
    fc.record({ call: fc.nat(3), sequence: fc.integer({ min: 1, max: 30 }) }),
    {
      selector: ({ call, sequence }) => `${call}:${sequence}`,
    },
  );
  fc.assert(
    fc.property(someItems, fc.integer({ min: 1, max: 5 }), (pairs, limit) => {
      const left = new Set(
        pairs.map(({ call, sequence }) =>
          sequence % 7 === 0 ? outcomeItem(call, sequence) : networkItem(call, sequence),
        ),
      );
      for (const callId of callsToSend(left, OWNER)) {
        const sent: number[] = [];
        for (;;) {
          const batch = nextBatch(left, OWNER, callId, limit);
          if (batch === undefined) break;
          assert.ok(batch.items.length <= limit);
          for (const item of batch.items) {
            sent.push(item.event.sequence);
            left.delete(item);
          }
        }
        assert.deepEqual(
          sent,
          sent.toSorted((one, other) => one - other),
        );
      }
      assert.equal(left.size, 0);
    }),
  );
});

test('an outcome is sent by itself, after the events before it', () => {
  const items = [outcomeItem(1, 3), networkItem(1, 2), networkItem(1, 1)];
  assert.deepEqual(
    nextBatch(items, OWNER, callIdOf(1))?.items.map(({ event }) => event.sequence),
    [1, 2],
  );
  assert.equal(nextBatch(items.slice(0, 1), OWNER, callIdOf(1))?.kind, 'outcome');
});

test('what another user recorded, and what was set aside, is not sent', () => {
  const items = [
    networkItem(1, 1, { owner: 'someone else' }),
    networkItem(2, 1, { refusal: 'callNotFound' }),
    networkItem(3, 1),
  ];
  assert.deepEqual(callsToSend(items, OWNER), [callIdOf(3)]);
  assert.equal(nextBatch(items, OWNER, callIdOf(2)), undefined);
});

test('content is refused for good; identity, address and the service itself are not', () => {
  const refused = Object.keys(ERRORS).filter((name) => isErrorName(name) && isRefusedForGood(name));
  for (const name of ['invalidRequest', 'unknownField', 'callNotFound', 'eventConflict', 'bodyTooLarge'])
    assert.ok(refused.includes(name), name);
  for (const name of ['tokenExpired', 'originRefused', 'routeNotFound', 'unexpected', 'relayUnreachable'])
    assert.ok(!refused.includes(name), name);
});
