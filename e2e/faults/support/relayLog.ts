import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chain } from './chain.ts';

/** A line of pino's; 40 warns, 50 is an error. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly what?: string;
  readonly codes?: Readonly<Record<string, number>>;
}

/** What the relays said of deliveries so far. */
export async function deliveryFaults({ dataDirectory }: Pick<Chain, 'dataDirectory'>): Promise<LogLine[]> {
  const names = (await readdir(dataDirectory)).filter((name) => /^relay-\d+\.log$/u.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(dataDirectory, name), 'utf8')));
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.includes('"delivery fault"') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as LogLine);
}
