import * as z from 'zod/mini';
import { recordIdSchema } from './values.ts';

/** `POST /v1/sessions`: the token that the org signed for its user. */
export const sessionRequestSchema = z.strictObject({
  orgToken: z.string().check(z.minLength(1), z.maxLength(4_096)),
});
export type SessionRequest = z.infer<typeof sessionRequestSchema>;

const iceServerSchema = z.object({
  urls: z.array(z.string()),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
});

/** The answer to `POST /v1/sessions`: everything a phone needs for the next minutes, nothing that outlives them. */
export const sessionResponseSchema = z.object({
  relayToken: z.string(),
  /** When the relay token and the SIP credentials end, in epoch seconds. Renew at 70 % of the time left. */
  expiresAtEpochSeconds: z.int(),
  orgId: recordIdSchema,
  userId: recordIdSchema,
  sip: z.object({
    /** The address of record, `sip:<userId>@<domain>`. */
    addressOfRecord: z.string(),
    domain: z.string(),
    webSocketUrl: z.string(),
    authorizationUsername: z.string(),
    authorizationPassword: z.string(),
    iceServers: z.array(iceServerSchema),
  }),
});
export type SessionResponse = z.infer<typeof sessionResponseSchema>;
