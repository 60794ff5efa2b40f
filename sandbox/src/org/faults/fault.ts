import { z } from 'zod';

const MAXIMUM_FAULTS = 50;

const milliseconds = z.int().min(0).max(600_000);

/** Which requests a fault is for, how many of them it strikes, and how often at most. */
const scope = {
  method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']).optional(),
  /** How the path begins: behind `/services/data/vXX.0`, or in full where it begins with `/services/`. */
  path: z.string().startsWith('/').max(500).optional(),
  /** 0 to 1: of the requests, or for `lockedRow` and `automation` of the rows. */
  share: z.number().min(0).max(1).optional(),
  times: z.int().min(1).optional(),
};

const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum([
      'unavailable',
      'requestLimitExceeded',
      'expiredSession',
      'droppedSocket',
      'droppedAnswer',
      'lockedRow',
      'deletedParent',
    ]),
    ...scope,
  }),
  /** Without `milliseconds` the request waits until its client gives up. */
  z.strictObject({
    kind: z.enum(['timeOutBeforeCommit', 'timeOutAfterCommit']),
    ...scope,
    milliseconds: milliseconds.optional(),
  }),
  z.strictObject({ kind: z.literal('latency'), ...scope, milliseconds }),
  z.strictObject({ kind: z.literal('hiddenField'), ...scope, object: z.string(), field: z.string() }),
  z
    .strictObject({
      kind: z.literal('automation'),
      ...scope,
      object: z.string(),
      rejects: z.string().min(1).max(255).optional(),
      changes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    })
    .refine(({ rejects, changes }) => (rejects === undefined) !== (changes === undefined), {
      message: 'An automation has either rejects or changes',
    }),
]);

/** The body of `PUT /sandbox/faults`. The same seed draws the same shares again. */
export const faultsBody = z.strictObject({
  faults: z.array(fault).max(MAXIMUM_FAULTS),
  seed: z.int().min(0).max(4_294_967_295).optional(),
});

/** One thing that goes wrong on request. */
export type Fault = z.output<typeof fault>;

/** A fault of the plan, and how often it struck. */
export type PlannedFault = Fault & { readonly strikes: number };
