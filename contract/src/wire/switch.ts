import * as z from 'zod/mini';
import { inboundCallSchema, networkEventSchema } from './events.ts';
import { callIdSchema, recordIdSchema } from './values.ts';

/** `POST /v1/switch/events`: signed call detail, at most 100 events of any calls of one org. */
export const switchEventsRequestSchema = z.strictObject({
  orgId: recordIdSchema,
  /** Which network party reports: the company's switch, or the carrier behind it. */
  witness: z.enum(['switch', 'carrier']),
  events: z
    .array(
      z.strictObject({
        callId: callIdSchema,
        userId: recordIdSchema,
        event: networkEventSchema,
        /** With every event of a call that came in, so that the first to arrive opens it. */
        inbound: z.optional(inboundCallSchema),
      }),
    )
    .check(z.minLength(1), z.maxLength(100)),
});
export type SwitchEventsRequest = z.infer<typeof switchEventsRequestSchema>;

export const switchEventsResponseSchema = z.object({
  stored: z.int(),
  duplicates: z.int(),
  /** Calls that are not of this org: their events were not stored and need not be sent again. */
  unknownCallIds: z.array(callIdSchema),
});
export type SwitchEventsResponse = z.infer<typeof switchEventsResponseSchema>;
