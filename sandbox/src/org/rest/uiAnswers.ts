import { createHash } from 'node:crypto';

/** The record type of objects that have none of their own: the local org has no others. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

/** Adds the tag by which a client knows whether it has this answer already. */
export function withTag<Body extends object>(body: Body): Body & { readonly eTag: string } {
  return { ...body, eTag: createHash('md5').update(JSON.stringify(body)).digest('hex') };
}
