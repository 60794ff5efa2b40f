import { METRIC_NAMES } from 'c/callContract';
import type { Lever } from 'c/callContract';

/** A figure of one quarter. */
export interface PastFigure {
  /** Such as `Q3 2026`. */
  readonly label: string;
  readonly value: number;
}

/** The quarters of a History__c, oldest first: `Q1 2026:64.0;Q2 2026:71.5`. What is no figure is left out. */
export function historyOf(text: string | undefined): PastFigure[] {
  return (text ?? '').split(';').flatMap((part) => {
    const colon = part.lastIndexOf(':');
    const written = part.slice(colon + 1).trim();
    const value = Number(written);
    return colon > 0 && written !== '' && Number.isFinite(value)
      ? [{ label: part.slice(0, colon).trim(), value }]
      : [];
  });
}

/** The levers of a Levers__c. One that this package does not know is left out. */
export function leversOf(text: string | undefined): Lever[] {
  if (text === undefined) return [];
  try {
    const levers: unknown = JSON.parse(text);
    return Array.isArray(levers) ? levers.filter(isLever) : [];
  } catch {
    // The relay's text was cut or edited: a card without levers is still a card.
    return [];
  }
}

function isLever(value: unknown): value is Lever {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, metric, amount, recordId, gain, low, high } = value as Partial<Record<keyof Lever, unknown>>;
  const isKnown =
    (kind === 'opportunity' && typeof recordId === 'string') || kind === 'count' || kind === 'commitments';
  return (
    isKnown &&
    METRIC_NAMES.some((name) => name === metric) &&
    [amount, gain, low, high].every((figure) => typeof figure === 'number' && Number.isFinite(figure))
  );
}
