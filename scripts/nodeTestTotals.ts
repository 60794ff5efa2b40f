import type { TestEvent } from 'node:test/reporters';

/** A reporter that writes one JSON line: how many tests passed and failed in the whole run. */
export default async function* nodeTestTotals(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source)
    if (event.type === 'test:summary' && event.data.file === undefined) {
      const { tests, passed, skipped, todo } = event.data.counts;
      yield `${JSON.stringify({ passed, failed: tests - passed - skipped - todo })}\n`;
    }
}
