import type { TeamCard } from 'c/teamRecords';

type Cell = string | number | undefined;

const COLUMNS: readonly (readonly [string, (card: TeamCard) => Cell])[] = [
  ['Rep', (card) => card.name],
  ['Manager', (card) => card.managerName],
  ['Period', (card) => card.periodLabel],
  ['Score', (card) => card.score],
  ['Score low', (card) => card.scoreLow],
  ['Score high', (card) => card.scoreHigh],
  ['Team median', (card) => card.teamScore],
  ['Standing', (card) => card.standing],
  ['Rank from', (card) => card.rankLow],
  ['Rank to', (card) => card.rankHigh],
  ['Peers', (card) => card.peers],
  ['Quota', (card) => card.quota],
  ['Won', (card) => card.wonAmount],
  ['Open', (card) => card.openAmount],
  ['Attainment', (card) => card.attainment],
  ['Verdict', (card) => card.verdict],
  ['Change', (card) => card.change],
  ['Change low', (card) => card.changeLow],
  ['Change high', (card) => card.changeHigh],
  ['Ramp month', (card) => card.rampMonth],
  ['Dials', (card) => card.dials],
  ['Connects', (card) => card.connects],
  ['Conversations', (card) => card.conversations],
  ['Calls logged', (card) => card.callsLogged],
  ['Calls pending', (card) => card.callsPending],
  ['Calls contradicted', (card) => card.callsContradicted],
];

/** The cards as comma-separated values (RFC 4180), one line a rep, numbers with a point. */
export function boardCsv(cards: readonly TeamCard[]): string {
  const head = COLUMNS.map(([title]) => title);
  const rows = cards.map((card) => COLUMNS.map(([, valueOf]) => valueOf(card)));
  return [head, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would run as a formula is kept one by an apostrophe. */
function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
