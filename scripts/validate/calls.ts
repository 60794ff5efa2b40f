import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CALLS_PER_TRAINING,
  judgeRolling,
  rollingProbabilities,
  type ObservedCall,
} from '@scoreline/scoring';
import { parse } from 'csv-parse/sync';
import type { Findings } from '../validate.ts';

/** Known only once the call is over. */
const LEAKS = ['duration', 'y'];
/** Of the economy as a whole: over time they say which month it is, and mislead in the next one. */
const OF_THE_ECONOMY = ['emp.var.rate', 'cons.price.idx', 'cons.conf.idx', 'euribor3m', 'nr.employed'];
const NUMBERS = ['age', 'campaign', 'previous'];
const NEVER_CALLED = '999';

/**
 * The bank calls of the UCI set "Bank Marketing" (Moro, Cortez, Rita, Decision Support Systems 62, 2014; CC BY 4.0), in
 * their order of time: each thousand is predicted by a model of those before it, without the length of the call.
 *
 * @param dataFolder holds `bank-additional-full.csv`, of https://archive.ics.uci.edu/dataset/222/bank+marketing
 */
export async function validate(dataFolder: string): Promise<Findings> {
  const text = await readFile(join(dataFolder, 'bank-additional-full.csv'), 'utf8');
  const rows: Record<string, string>[] = parse(text, { columns: true, delimiter: ';' });
  const calls = rows.map(callOf);
  const probabilities = [...rollingProbabilities(calls, CALLS_PER_TRAINING.reach)].flat();
  const verdict = judgeRolling(calls, probabilities);
  const outcomes = calls.slice(calls.length - probabilities.length).map(({ outcome }) => outcome);
  return [
    `${calls.length} calls, ${verdict.predictedCalls} predicted before they were learned from.`,
    `Rolling AUC of the model ${decimal(verdict.modelAuc)}, of recency ${decimal(verdict.baselineAuc)}.`,
    `Difference, likely ${decimal(verdict.differenceLow)} to ${decimal(verdict.differenceHigh)}.`,
    `The upper half of the order holds ${Math.round(topHalfShare(probabilities, outcomes) * 100)} % of the successes.`,
    verdict.state === 'inUse' ? 'The order goes by the model.' : 'The order goes by recency.',
  ];
}

function callOf(row: Record<string, string>): ObservedCall {
  const features = new Map<string, number>();
  for (const [name, value] of Object.entries(row)) {
    if (LEAKS.includes(name) || OF_THE_ECONOMY.includes(name)) continue;
    if (NUMBERS.includes(name))
      features.set(name, name === 'age' ? Number(value) : Math.log1p(Number(value)));
    else if (name === 'pdays') features.set(name, value === NEVER_CALLED ? 0 : 1);
    else features.set(`${name}:${value}`, 1);
  }
  const days = row['pdays'] === NEVER_CALLED ? Infinity : Number(row['pdays']);
  return { features, outcome: row['y'] === 'yes' ? 1 : 0, baseline: days };
}

function topHalfShare(probabilities: readonly number[], outcomes: readonly number[]): number {
  const order = probabilities
    .map((probability, index) => ({ probability, outcome: outcomes[index] ?? 0 }))
    .sort((one, other) => other.probability - one.probability);
  const successes = (calls: typeof order): number => calls.reduce((sum, { outcome }) => sum + outcome, 0);
  return successes(order.slice(0, Math.floor(order.length / 2))) / successes(order);
}

function decimal(value: number | null): string {
  return value === null ? 'unknown' : value.toFixed(3);
}
