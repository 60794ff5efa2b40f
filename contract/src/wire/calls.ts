import * as z from 'zod/mini';
import { OUTCOME_CODES } from '../outcomes.ts';
import { CALL_DIRECTIONS } from '../phone.ts';
import { inboundCallSchema, networkEventSchema, outcomeEventSchema } from './events.ts';
import { callIdSchema, daySchema, instantSchema, numberE164Schema, recordIdSchema } from './values.ts';

/** `POST /v1/calls`: may this call be placed? */
export const permitRequestSchema = z.strictObject({
  callId: callIdSchema,
  /** As the record shows it or the rep typed it. */
  number: z.string().check(z.minLength(1), z.maxLength(64)),
  /** The record it was dialed from; absent when typed on the pad. */
  recordId: z.optional(recordIdSchema),
  /** The call about which a colleague is asked in this one: it then counts as no dial and needs no outcome. */
  consultsFor: z.optional(callIdSchema),
});
export type PermitRequest = z.infer<typeof permitRequestSchema>;

export const permitResponseSchema = z.object({
  callId: callIdSchema,
  /** What the INVITE carries in `X-Scoreline-Permit`. */
  permit: z.string(),
  /** What the INVITE or REFER names: the number, or `anonymous` for a withheld one that is rejoined. */
  numberE164: z.string(),
  expiresAtEpochSeconds: z.int(),
  /** The caller id in E.164 that the prospect sees; absent where the switch chooses. */
  callerIdE164: z.optional(z.string()),
});
export type PermitResponse = z.infer<typeof permitResponseSchema>;

/**
 * `POST /v1/calls/{id}/transfers`: may this call be handed to this number? Answered as a permit, for the call's id and
 * the new number. `POST /v1/calls/{id}/rejoin` has an empty object for its body: may the phone join its own running
 * call again? Answered as a permit for the call's number, or `anonymous`.
 */
export const transferRequestSchema = z.strictObject({
  number: z.string().check(z.minLength(1), z.maxLength(64)),
});
export type TransferRequest = z.infer<typeof transferRequestSchema>;

/** `POST /v1/callers`: whose number is this? */
export const callerRequestSchema = z.strictObject({ numberE164: numberE164Schema });
export type CallerRequest = z.infer<typeof callerRequestSchema>;

export const callerResponseSchema = z.object({
  /** The records that have the number, at most five, the likeliest first. */
  recordIds: z.array(recordIdSchema),
});
export type CallerResponse = z.infer<typeof callerResponseSchema>;

/** The answer to `GET /v1/calls/recent`: the rep's last 50 calls, newest first. */
export const recentCallsResponseSchema = z.object({
  calls: z.array(
    z.object({
      callId: callIdSchema,
      direction: z.enum(CALL_DIRECTIONS),
      /** Absent where it was withheld or has been erased. */
      numberE164: z.optional(z.string()),
      recordId: z.optional(recordIdSchema),
      /** Of a call that waits for the rep's choice: the records that have its number. */
      matchedRecordIds: z.optional(z.array(recordIdSchema)),
      startedAt: instantSchema,
      talkSeconds: z.int(),
      isMissed: z.boolean(),
      voicemailSeconds: z.optional(z.int()),
    }),
  ),
  /** Missed calls since the rep last looked (`POST /v1/calls/missed/seen`). */
  missedUnseen: z.int(),
});
export type RecentCallsResponse = z.infer<typeof recentCallsResponseSchema>;

/** The body of a request that says everything by its address. */
export const emptyRequestSchema = z.strictObject({});

/** The answer to `POST /v1/calls/missed/seen`. */
export const missedSeenResponseSchema = z.object({
  /** Missed calls that became known in the same moment. */
  missedUnseen: z.int(),
});
export type MissedSeenResponse = z.infer<typeof missedSeenResponseSchema>;

/** The answer to `GET /v1/calls/{id}/voicemail`. */
export const voicemailResponseSchema = z.object({
  /** Plays the message; ends after a few minutes. */
  url: z.string(),
});
export type VoicemailResponse = z.infer<typeof voicemailResponseSchema>;

/** `POST /v1/calls/{id}/events`: what the softphone saw on the line. */
export const eventsRequestSchema = z.strictObject({
  /** With events of a call that came in: opens it where the switch has not reported it yet. */
  inbound: z.optional(inboundCallSchema),
  events: z.array(networkEventSchema).check(z.minLength(1), z.maxLength(100)),
});
export type EventsRequest = z.infer<typeof eventsRequestSchema>;

/** `POST /v1/calls/{id}/outcome`: what the rep says of the call. */
export const outcomeRequestSchema = outcomeEventSchema;
export type OutcomeRequest = z.infer<typeof outcomeRequestSchema>;

/** `POST /v1/calls/{id}/hand`: a call that the rep made on another phone, logged by hand. */
export const handLogRequestSchema = z.strictObject({
  /** As the record shows it or the rep typed it. */
  number: z.string().check(z.minLength(1), z.maxLength(64)),
  recordId: z.optional(recordIdSchema),
  startedAt: instantSchema,
  /** Whole seconds; 0 when nobody answered. */
  talkSeconds: z.int().check(z.gte(0), z.lte(86_400)),
  outcome: z.enum(OUTCOME_CODES),
  note: z.string().check(z.maxLength(32_000)),
  followUpOn: z.optional(daySchema),
  /** Why it was not made with the softphone. */
  reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(500)),
});
export type HandLogRequest = z.infer<typeof handLogRequestSchema>;

/** The acknowledgement of events or an outcome, sent after the commit. */
export const acknowledgementSchema = z.object({
  callId: callIdSchema,
  /** The rep's ledger position after this commit; a scorecard whose watermark has reached it includes the call. */
  position: z.int(),
  /** Events stored now, and events that were stored before. */
  stored: z.int(),
  duplicates: z.int(),
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

/** The answer to `GET /v1/calls/pending-matches`: the rep's calls whose number leads to several records. */
export const pendingMatchesResponseSchema = z.object({
  matches: z.array(
    z.object({
      callId: callIdSchema,
      /** ISO 8601 UTC instant of the first dial; null where nothing of the line was reported yet. */
      startedAt: z.nullable(z.string()),
      /** The records to choose from. */
      recordIds: z.array(recordIdSchema),
    }),
  ),
});
export type PendingMatchesResponse = z.infer<typeof pendingMatchesResponseSchema>;

/** `POST /v1/calls/{id}/record`: the record that the call belongs to. */
export const recordChoiceRequestSchema = z.strictObject({ recordId: recordIdSchema });
export type RecordChoiceRequest = z.infer<typeof recordChoiceRequestSchema>;

export const recordChoiceResponseSchema = z.object({
  callId: callIdSchema,
  recordId: recordIdSchema,
  /** The rep's ledger position after this commit. */
  position: z.int(),
});
export type RecordChoiceResponse = z.infer<typeof recordChoiceResponseSchema>;
