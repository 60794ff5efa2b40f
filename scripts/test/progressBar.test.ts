import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createProgressBar } from '../progressBar.ts';

function written(isTTY: boolean, advances: readonly [string, number, number][]): string {
  let text = '';
  const advance = createProgressBar({ isTTY, write: (part: string) => (text += part) });
  for (const each of advances) advance(...each);
  return text;
}

describe('the progress bar', () => {
  it('grows in place on a terminal and ends its line when the step is done', () => {
    const text = written(true, [
      ['calls', 0, 2],
      ['calls', 1, 2],
      ['calls', 1, 2],
      ['calls', 2, 2],
    ]);
    assert.equal(text.split('\r').length - 1, 3);
    assert.match(text, /█{15}░{15} 1 of 2\r/u);
    assert.match(text, /█{30} 2 of 2\n$/u);
  });

  it('is a plain line for each quarter elsewhere', () => {
    const advances = Array.from({ length: 101 }, (_, done): [string, number, number] => [
      'tasks',
      done * 1_200,
      120_000,
    ]);
    assert.equal(
      written(false, advances),
      [
        '  tasks: 1,200 of 120,000\n',
        '  tasks: 30,000 of 120,000\n',
        '  tasks: 60,000 of 120,000\n',
        '  tasks: 90,000 of 120,000\n',
        '  tasks: 120,000 of 120,000\n',
      ].join(''),
    );
  });
});
