import { METRICS } from 'c/callContract';
import { PERIOD_KINDS } from 'c/scorecardRecords';
import type { PeriodKind, Scorecard, ScorecardMetric } from 'c/scorecardRecords';

type Cell = string | number | undefined;

/** What spreadsheets take for the beginning of a formula. */
const FORMULA_START = /^[=+\-@\t\r]/u;
const BYTE_ORDER_MARK = '\uFEFF';

const COLUMNS: readonly (readonly [string, (metric: ScorecardMetric) => Cell])[] = [
  ['Figure', ({ name }) => METRICS[name].label],
  ['Unit', ({ name }) => METRICS[name].unit],
  ['Value', ({ value }) => value],
  ['Likely from', ({ low }) => low],
  ['Likely to', ({ high }) => high],
  ['Numerator', ({ numerator }) => numerator],
  ['Denominator', ({ denominator }) => denominator],
  ['Target to date', ({ target }) => target],
  ['Target of the quarter', ({ periodTarget }) => periodTarget],
  ['Floor', ({ floor }) => floor],
  ['Cap', ({ cap }) => cap],
  ['Weight', ({ weight }) => weight],
  ['Points', ({ points }) => points],
  ['Value the points follow', ({ shrunkValue }) => shrunkValue],
  ['Own share', ({ ownShare }) => ownShare],
  ['Own share of peers', ({ peersOwnShare }) => peersOwnShare],
  ['Quarter before', ({ previousValue }) => previousValue],
  ['Change', ({ change }) => change],
  ['Change likely from', ({ changeLow }) => changeLow],
  ['Change likely to', ({ changeHigh }) => changeHigh],
  ['Verdict', ({ verdict }) => verdict],
  ['Middle of the team', ({ teamValue }) => teamValue],
  ['Percentile', ({ percentile }) => percentile],
  ['Peers', ({ peers }) => peers],
  ['Best value', ({ bestValue }) => bestValue],
  ['Best quarter', ({ bestLabel }) => bestLabel],
  ['Confirmed share', ({ confirmedShare }) => confirmedShare],
  ['95 of 100 below', ({ slowest }) => slowest],
  ['Quarters', ({ history }) => history.map(({ label, value }) => `${label}: ${value}`).join('; ')],
];

/**
 * All figures of a card as CSV (RFC 4180, UTF-8 with its mark, so that spreadsheets read it): the score, the metrics, the
 * card's other figures, then the metrics of its months and weeks. Numbers are unrounded, shares from 0 to 1, times in seconds.
 *
 * @param owner whose card it is, as every line says
 */
export function scorecardCsv(card: Scorecard, owner: string): string {
  const contextOf = (period: string): Cell[] => [owner, period, card.calculatedAt?.toISOString()];
  const context = contextOf(card.periodLabel);
  const lines: Cell[][] = [
    ['Rep', 'Period', 'Calculated at', ...COLUMNS.map(([heading]) => heading)],
    [...context, ...scoreCells(card)],
    ...card.metrics.map((metric) => [...context, ...COLUMNS.map(([, cell]) => cell(metric))]),
    ...otherFigures(card).map(([figure, unit, value]) => [...context, ...padded([figure, unit, value])]),
    ...shortPeriods(card).map(([period, cells]) => [...contextOf(period), ...padded(cells)]),
  ];
  return `${BYTE_ORDER_MARK}${lines.map((line) => line.map(written).join(',')).join('\r\n')}\r\n`;
}

/** Gives a text to the user as a file. Lightning Web Security lets no Blob of the type text/csv be made. */
export function download(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

function scoreCells(card: Scorecard): Cell[] {
  const values: Readonly<Record<string, Cell>> = {
    Figure: 'Score',
    Unit: 'points',
    Value: card.score,
    'Likely from': card.scoreLow,
    'Likely to': card.scoreHigh,
    Points: card.score,
    'Quarter before': card.previousScore,
    Change: card.change,
    'Change likely from': card.changeLow,
    'Change likely to': card.changeHigh,
    Verdict: card.verdict,
    'Middle of the team': card.teamScore,
    Quarters: card.history.map(({ label, value }) => `${label}: ${value}`).join('; '),
  };
  return COLUMNS.map(([heading]) => values[heading]);
}

function otherFigures(card: Scorecard): [string, string, Cell][] {
  return [
    ['Quota', 'amount', card.quota],
    ['Won', 'amount', card.wonAmount],
    ['Open', 'amount', card.openAmount],
    ['Working days so far', 'days', card.daysWorked],
    ['Days left', 'days', card.daysLeft],
    ['Calls logged', 'count', card.callsLogged],
    ['Calls pending', 'count', card.callsPending],
    ['Calls contradicted', 'count', card.callsContradicted],
    ['Calls the network broke', 'count', card.callsExcused],
    ['Calls left out', 'count', card.callsExcluded],
  ];
}

const PERIOD_NOUNS: Readonly<Record<PeriodKind, string>> = { months: 'Month', weeks: 'Week' };

/** Each metric of each month and week, under the headings of the quarter's. */
function shortPeriods({ periods }: Scorecard): [string, Cell[]][] {
  return PERIOD_KINDS.flatMap((kind) =>
    periods.flatMap((metric) =>
      metric[kind].map(({ startDay, value, low, high, numerator, denominator }): [string, Cell[]] => [
        `${PERIOD_NOUNS[kind]} from ${startDay}`,
        [
          METRICS[metric.name].label,
          METRICS[metric.name].unit,
          ...[value, low, high, numerator, denominator].map((figure) => figure ?? undefined),
        ],
      ]),
    ),
  );
}

function padded(cells: readonly Cell[]): Cell[] {
  return COLUMNS.map((_, index) => cells[index]);
}

/** A cell between commas. Text that a spreadsheet would run as a formula is made text again by an apostrophe. */
function written(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
