import type { Contribution, EvidenceBasis } from '@scoreline/scoring';
import { contributionOf, NO_CONTRIBUTION } from '@scoreline/scoring';
import type { CallRecord } from '../calls/index.ts';

/** What a call, a day or a period adds up to: its figures, and how much of it is evident. */
export type Tally = Contribution & {
  readonly callsLogged: number;
  readonly callsPending: number;
  readonly callsContradicted: number;
};

/** A tally's parts with their columns, the same in every table that keeps one. */
export const TALLY_COLUMNS = {
  callsLogged: 'calls_logged',
  callsPending: 'calls_pending',
  callsContradicted: 'calls_contradicted',
  dials: 'dials',
  inboundCalls: 'inbound_calls',
  connects: 'connects',
  conversations: 'conversations',
  ringSeconds: 'ring_seconds',
  talkSeconds: 'talk_seconds',
  talkSecondsSquared: 'talk_seconds_squared',
  holdSeconds: 'hold_seconds',
  afterCallSeconds: 'after_call_seconds',
} as const satisfies Record<keyof Tally, string>;
export const TALLY_FIELDS = Object.keys(TALLY_COLUMNS) as (keyof Tally)[];

const EMPTY_TALLY: Tally = {
  ...NO_CONTRIBUTION,
  callsLogged: 0,
  callsPending: 0,
  callsContradicted: 0,
};

/**
 * What one call adds: every call with a prospect that has ended is logged, missed ones too; pending or contradicted
 * ones are counted apart. A consultation is not.
 */
export function tallyOf(call: CallRecord, basis: EvidenceBasis): Tally {
  if (call.state !== 'ended' || call.startedAt === null) return EMPTY_TALLY;
  if (call.purpose === 'consultation') return EMPTY_TALLY;
  return {
    ...contributionOf(call, basis),
    callsLogged: 1,
    callsPending: call.evidence === 'pending' ? 1 : 0,
    callsContradicted: call.evidence === 'contradicted' ? 1 : 0,
  };
}
