import type { LateFacts, PeriodFigures } from './lateFacts.ts';

/** Facts named one by one; the rest are counted. */
const MOST_NAMED = 100;

const FIGURES: readonly (readonly [keyof PeriodFigures, string])[] = [
  ['dials', 'Dials'],
  ['connects', 'Connects'],
  ['conversations', 'Conversations'],
  ['talkSeconds', 'Talk seconds'],
  ['wonAmount', 'Amount won'],
];

/** How many facts came late. */
export function lateFactCount({ calls, opportunities }: LateFacts): number {
  return Object.keys(calls).length + opportunities.length;
}

/**
 * What a manager reads on the close: what the figures would have become, and each fact. Calls are named by their id and
 * day, so that nothing of the person called is in it.
 */
export function lateFactWords(facts: LateFacts): string {
  if (lateFactCount(facts) === 0) return '';
  const lines = [...callLines(facts), ...opportunityLines(facts)];
  const hidden = lines.length - MOST_NAMED;
  return [
    figureLine(facts),
    ...lines.slice(0, MOST_NAMED),
    ...(hidden > 0 ? [`And ${hidden} more.`] : []),
  ].join('\n');
}

function figureLine({ frozen, now }: LateFacts): string {
  const changes = FIGURES.filter(([name]) => frozen[name] !== now[name]).map(
    ([name, label]) => `${label} ${now[name]} instead of ${frozen[name]}`,
  );
  if (changes.length === 0) return 'No figure of the scorecard would have changed.';
  return `Were the quarter open: ${changes.join(', ')}.`;
}

function callLines({ calls }: LateFacts): string[] {
  return Object.entries(calls)
    .toSorted(([idOfOne, dayOfOne], [idOfOther, dayOfOther]) =>
      `${dayOfOne} ${idOfOne}` < `${dayOfOther} ${idOfOther}` ? -1 : 1,
    )
    .map(([callId, day]) => `Call of ${day}: ${callId}`);
}

function opportunityLines({ opportunities }: LateFacts): string[] {
  return opportunities.map(({ id, before, after }) => `Opportunity ${id}: ${after} won instead of ${before}`);
}
