import { numberE164Schema, recordIdSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';

const seconds = z.number().check(z.gte(0), z.lte(600));

/** What a simulated caller does. One who reaches the voicemail leaves a message there only if that is its behaviour. */
const behaviourSchema = z.discriminatedUnion('kind', [
  /** Talks until the rep hangs up. */
  z.strictObject({ kind: z.literal('talks') }),
  /** Talks, then hangs up. */
  z.strictObject({ kind: z.literal('hangsUp'), afterSeconds: seconds }),
  /** Gives up while it still rings. */
  z.strictObject({ kind: z.literal('givesUp'), afterSeconds: seconds }),
  /** Leaves a message of this length when nobody answers. */
  z.strictObject({ kind: z.literal('voicemail'), messageSeconds: z._default(seconds, 6) }),
]);

/** `POST /sandbox/switch/inbound`: a caller who rings a user. */
export const inboundRequestSchema = z.strictObject({
  userId: recordIdSchema,
  /** Absent when the caller withholds it. */
  from: z.optional(numberE164Schema),
  behaviour: z._default(behaviourSchema, { kind: 'talks' }),
  /** How long it rings before the voicemail answers; 20 when not said. */
  ringSeconds: z.optional(seconds),
});
export type InboundRequest = z.output<typeof inboundRequestSchema>;
export type CallerBehaviour = z.output<typeof behaviourSchema>;
