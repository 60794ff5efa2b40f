import * as z from 'zod/mini';

/**
 * The body of every error answer. `name` is any text: the relay may be newer than the reader
 * and know errors that the reader does not.
 */
export const errorBodySchema = z.object({
  error: z.object({
    name: z.string(),
    code: z.string(),
    message: z.string(),
    meaning: z.string(),
    retryable: z.boolean(),
    path: z.optional(z.string()),
  }),
});
