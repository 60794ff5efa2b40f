import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runCrashLoop } from '../e2e/faults/support/crashLoop.ts';

const USAGE = `npm run test:crash -- [--loops 200] [--seed N]
  --loops  how many rounds of kills
  --seed   of an earlier run, to kill the same processes at the same moments again`;

const { values } = parseArgs({
  options: { loops: { type: 'string', default: '200' }, seed: { type: 'string' } },
});
const loops = Number(values.loops);
const seed = Number(values.seed ?? randomInt(2 ** 31));
if (!Number.isInteger(loops) || loops < 1 || !Number.isInteger(seed)) {
  console.error(USAGE);
  process.exit(1);
}
console.log(`crash loop of ${loops}, seed ${seed}`);
const startedMs = performance.now();
const { differences, ...result } = await runCrashLoop({
  loops,
  seed,
  onLoop: (loop, victims, acknowledged) =>
    console.log(`${loop}/${loops}: killed ${victims.join(', ')}; ${acknowledged} calls acknowledged`),
});
for (const difference of differences) console.error(difference);
const seconds = Math.round((performance.now() - startedMs) / 1_000);
console.log(JSON.stringify({ seed, loops, seconds, ...result, differences: differences.length }));
process.exitCode = differences.length === 0 ? 0 : 1;
