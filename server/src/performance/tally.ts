import type { Contribution } from '@scoreline/scoring';
import { CONTRIBUTION_FIELDS, NO_CONTRIBUTION } from '@scoreline/scoring';
import type { CountedCall } from '../calls/index.ts';

/** What a day or a period adds up to: its figures, and how much of it is evident. */
export type Tally = Contribution & {
  readonly callsLogged: number;
  readonly callsPending: number;
  readonly callsContradicted: number;
};

export const TALLY_FIELDS = [
  'callsLogged',
  'callsPending',
  'callsContradicted',
  ...CONTRIBUTION_FIELDS,
] as const satisfies readonly (keyof Tally)[];

/** The column of `rep_day` that keeps a part of a tally. */
export function columnOf(field: keyof Tally): string {
  return field.replace(/[A-Z]/gu, (capital) => `_${capital.toLowerCase()}`);
}

export const NO_TALLY: Tally = { ...NO_CONTRIBUTION, callsLogged: 0, callsPending: 0, callsContradicted: 0 };

/** A tally to which calls are still added. */
export type TallyInMaking = Record<keyof Tally, number>;

/**
 * Adds an ended call to a tally: every one with a prospect is logged, missed ones too; pending or contradicted ones are
 * counted apart. A consultation is not.
 *
 * @param contribution what the call adds to the figures
 */
export function addCall(tally: TallyInMaking, call: CountedCall, contribution: Contribution): void {
  if (call.purpose === 'consultation') return;
  for (const field of CONTRIBUTION_FIELDS) tally[field] += contribution[field];
  tally.callsLogged += 1;
  if (call.evidence === 'pending') tally.callsPending += 1;
  if (call.evidence === 'contradicted') tally.callsContradicted += 1;
}
