/** Where progress is shown: a terminal, or a file or pipe without a cursor. */
interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;
/** Without a terminal, a line for each quarter of a step. */
const LINES_PER_STEP = 4;

/**
 * Shows how far each step has come: on a terminal a bar that grows in place, elsewhere a plain line now and then.
 * The steps follow one another.
 */
export function createProgressBar(output: Output): (step: string, done: number, total: number) => void {
  let shown = '';
  return (step, done, total) => {
    const share = total === 0 ? 1 : done / total;
    const counts = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
    if (output.isTTY === true) {
      const filled = Math.floor(share * WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      const text = `  ${step.padEnd(10)} ${bar} ${counts}`;
      if (text === shown) return;
      shown = text;
      output.write(`\r\x1b[K${text}${done === total ? '\n' : ''}`);
      return;
    }
    const mark = `${step} ${Math.floor(share * LINES_PER_STEP)}`;
    if (mark === shown || done === 0) return;
    shown = mark;
    output.write(`  ${step}: ${counts}\n`);
  };
}
