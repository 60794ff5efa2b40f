import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkEvent } from '@scoreline/contract';
import { networkEventSchema } from '@scoreline/contract/wire';
import fc from 'fast-check';
import { createCallProgress } from '../../src/pbx/callProgress.ts';

test('whatever happens in whatever order, the events are numbered, in order and end once', () => {
  const act = fc.constantFrom('ring', 'answer', 'hold', 'resume', 'end');
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      const events: NetworkEvent[] = [];
      const progress = createCallProgress((event) => events.push(event));
      for (const each of acts) {
        if (each === 'ring') progress.ring();
        else if (each === 'answer') progress.answer();
        else if (each === 'end') progress.end('network', 'busy', 486);
        else progress.hold(each === 'hold');
      }
      assert.ok(events.every((event) => networkEventSchema.safeParse(event).success));
      assert.deepEqual(
        events.map(({ sequence }) => sequence),
        events.map((_, index) => index + 1),
      );
      assert.ok(events.every(({ elapsedMs }, index) => elapsedMs >= (events[index - 1]?.elapsedMs ?? 0)));
      const kinds = events.map(({ kind }) => kind).join(' ');
      assert.match(kinds, /^dialed( ringing)?( answered( held resumed)*( held)?)?( ended)?$/u);
      assert.equal(kinds.endsWith('ended'), acts.includes('end'));
      assert.equal(progress.facts.state === 'ended', acts.includes('end'));
    }),
  );
});
