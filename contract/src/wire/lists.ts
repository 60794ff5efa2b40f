import * as z from 'zod/mini';
import { LIST_MAXIMUM_PEOPLE, LIST_SOURCE_KINDS, SKIP_REASON_CODES } from '../prospecting.ts';
import { instantSchema, recordIdSchema } from './values.ts';

/** A list's id: a UUIDv7 minted by the page, so that a repeated start makes one list. */
export const listIdSchema = z.uuid({ version: 'v7' });

/** A contact or a lead. */
const personIdSchema = recordIdSchema.check(z.regex(/^(?:003|00Q)/u));

/** `POST /v1/lists`: these people, as the rep sees them, in the order of their source. Ends the rep's list before. */
export const startListRequestSchema = z.strictObject({
  listId: listIdSchema,
  source: z.strictObject({
    kind: z.enum(LIST_SOURCE_KINDS),
    id: recordIdSchema,
    label: z.string().check(z.trim(), z.minLength(1), z.maxLength(255)),
  }),
  recordIds: z.array(personIdSchema).check(z.minLength(1), z.maxLength(LIST_MAXIMUM_PEOPLE)),
});
export type StartListRequest = z.infer<typeof startListRequestSchema>;

/** `POST /v1/lists/{id}/skip`: passes over a person who is reserved for the rep, for good. */
export const skipRequestSchema = z.strictObject({
  recordId: personIdSchema,
  reason: z.enum(SKIP_REASON_CODES),
});
export type SkipRequest = z.infer<typeof skipRequestSchema>;

/** `POST /v1/lists/{id}/call-back`: offers a person again from then on, before all others. */
export const callBackRequestSchema = z.strictObject({ recordId: personIdSchema, callBackAt: instantSchema });
export type CallBackRequest = z.infer<typeof callBackRequestSchema>;
