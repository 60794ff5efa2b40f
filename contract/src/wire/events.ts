import * as z from 'zod/mini';
import { END_CAUSES, ENDED_BY } from '../callEvents.ts';
import { OUTCOME_CODES } from '../outcomes.ts';
import { daySchema, instantSchema, numberE164Schema } from './values.ts';

const DAY_MS = 86_400_000;

const envelope = {
  sequence: z.int().check(z.gte(1), z.lte(1_000_000)),
  at: instantSchema,
  elapsedMs: z.int().check(z.gte(0), z.lte(7 * DAY_MS)),
};

const wholeSeconds = z.int().check(z.gte(0), z.lte((7 * DAY_MS) / 1_000));

/** Opens a call that came in: whose number it came from, absent where the caller withheld it. */
export const inboundCallSchema = z.strictObject({ numberE164: z.optional(numberE164Schema) });

export const networkEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...envelope, kind: z.literal('dialed') }),
  z.strictObject({ ...envelope, kind: z.literal('offered') }),
  z.strictObject({ ...envelope, kind: z.literal('ringing') }),
  z.strictObject({ ...envelope, kind: z.literal('answered') }),
  z.strictObject({ ...envelope, kind: z.literal('held') }),
  z.strictObject({ ...envelope, kind: z.literal('resumed') }),
  z.strictObject({
    ...envelope,
    kind: z.literal('ended'),
    endedBy: z.enum(ENDED_BY),
    cause: z.enum(END_CAUSES),
    sipStatus: z.optional(z.int().check(z.gte(100), z.lte(699))),
  }),
  z.strictObject({ ...envelope, kind: z.literal('voicemail'), seconds: wholeSeconds }),
  z.strictObject({
    ...envelope,
    kind: z.literal('measured'),
    mos: z.optional(z.number().check(z.gte(1), z.lte(4.5))),
    rttMs: z.optional(z.int().check(z.gte(0), z.lte(60_000))),
    jitterMs: z.optional(z.int().check(z.gte(0), z.lte(60_000))),
    lossPercent: z.optional(z.number().check(z.gte(0), z.lte(100))),
    talkRatio: z.optional(z.number().check(z.gte(0), z.lte(1))),
    longestMonologueSeconds: z.optional(wholeSeconds),
    deadAirSeconds: z.optional(wholeSeconds),
    crosstalkSeconds: z.optional(wholeSeconds),
  }),
]);

export const outcomeEventSchema = z.strictObject({
  ...envelope,
  kind: z.literal('outcome'),
  outcome: z.enum(OUTCOME_CODES),
  note: z.string().check(z.maxLength(32_000)),
  followUpOn: z.optional(daySchema),
  reason: z.optional(z.string().check(z.trim(), z.minLength(3), z.maxLength(500))),
});

const storedOutcomeSchema = z.extend(outcomeEventSchema, { afterSequence: z.optional(z.int()) });

/** Any event of the ledger, as it is stored. */
export const callEventSchema = z.discriminatedUnion('kind', [networkEventSchema, storedOutcomeSchema]);
