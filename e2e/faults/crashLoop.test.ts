import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { runCrashLoop } from './support/crashLoop.ts';

const LOOPS = 20;
const seed = randomInt(2 ** 31);

test(`${LOOPS} loops of kill −9 over relays, PostgreSQL and org: nothing lost, nothing doubled (seed ${seed})`, async () => {
  const { differences, lost, doubled, acknowledged } = await runCrashLoop({
    loops: LOOPS,
    seed,
    onLoop: () => undefined,
  });
  assert.deepEqual(differences, []);
  assert.deepEqual([lost, doubled], [0, 0]);
  assert.ok(acknowledged > LOOPS);
});
