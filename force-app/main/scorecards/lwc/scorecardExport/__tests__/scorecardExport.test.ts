import { download, scorecardCsv } from 'c/scorecardExport';
import { readScorecard } from 'c/scorecardRecords';
import type { Scorecard } from 'c/scorecardRecords';
import { cardAnswer } from '../../../../../test/jest-support/scorecardAnswer.ts';

const csvOf = (owner: string, changes: Record<string, unknown> = {}) =>
  scorecardCsv(readScorecard(cardAnswer(changes)) as Scorecard, owner);
const linesOf = (csv: string) => csv.slice(1).split('\r\n');

describe('c/scorecardExport', () => {
  it('writes every figure, a line each, with as many fields as headings', () => {
    const csv = csvOf('Ana Ruiz', { Quota__c: 79_000 });
    expect(csv.startsWith('\uFEFF')).toBe(true);
    const [headings = '', ...lines] = linesOf(csv);
    expect(lines.at(-1)).toBe('');
    const cells = lines.slice(0, -1).map((line) => line.split(','));
    expect(cells.every((line) => line.length === headings.split(',').length)).toBe(true);
    const rate = cells.find((line) => line[3] === 'Connect rate');
    const at = (heading: string) => rate?.[headings.split(',').indexOf(heading)];
    const wanted = ['Value', 'Likely from', 'Points', 'Change', 'Verdict', 'Quarters'];
    expect(wanted.map(at)).toEqual([
      '0.182',
      '0.157',
      '11',
      '0.042',
      'improved',
      'Q1 2026: 0.19; Q2 2026: 0.14; Q3 2026: 0.182',
    ]);
    expect(lines[0]).toMatch(/^Ana Ruiz,Q3 2026,2026-08-20T13:10:00.000Z,Score,points,71,63,78,/u);
    expect(lines.find((line) => line.includes('Quota'))).toContain('Quota,amount,79000');
  });

  it('writes each month and week of a metric as a line of its own period', () => {
    const lines = linesOf(csvOf('Ana Ruiz'));
    const wanted = (start: string) => lines.filter((line) => line.startsWith(`Ana Ruiz,${start}`));
    expect(wanted('Month from 2026-08-01').map((line) => line.replace(/,+$/u, ''))).toEqual([
      'Ana Ruiz,Month from 2026-08-01,2026-08-20T13:10:00.000Z,Dials,count,310,,,310',
      'Ana Ruiz,Month from 2026-08-01,2026-08-20T13:10:00.000Z,Connect rate,share,0.2,0.1593,0.2482,62,310',
    ]);
    expect(wanted('Week from 2026-08-17')).toHaveLength(2);
  });

  it('quotes what holds commas, quotes and line ends', () => {
    expect(linesOf(csvOf('Ruiz, "Ana"'))[1]?.startsWith('"Ruiz, ""Ana""",')).toBe(true);
    expect(csvOf('Ana\nRuiz')).toContain('"Ana\nRuiz",');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('makes no formula of the text %j', (name) => {
    expect(linesOf(csvOf(name))[1]?.startsWith(`'${name}`)).toBe(true);
  });

  it('leaves negative numbers numbers', () => {
    expect(csvOf('Ana', { Change_Low__c: -4 })).toContain(',7,-4,17,');
  });

  it('gives the user a file, and lets go of it', () => {
    const clicked: string[] = [];
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function clickLink(
      this: HTMLAnchorElement,
    ) {
      clicked.push(`${this.download} ${this.href}`);
    });
    const revoke = jest.fn();
    Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${blob.type}`, revokeObjectURL: revoke });
    download('card.csv', 'a,b');
    expect(clicked).toEqual(['card.csv blob:application/octet-stream']);
    expect(revoke).toHaveBeenCalledWith('blob:application/octet-stream');
    click.mockRestore();
  });
});
