import { orgRequest } from './orgRequest.ts';
import { createFetchingAdapter, createRefreshTopics } from './wireAdapter.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Which refresh belongs to a wired value, for `refreshApex`. */
const refreshes = new WeakMap<object, () => Promise<void>>();
const topics = createRefreshTopics();

/**
 * An Apex method: called, it answers a promise; given to `@wire`, it is an adapter.
 * The local org answers at `POST /lightning/apex/<class>/<method>`.
 */
export function apexMethod(className: string, methodName: string) {
  const call = (parameters: Parameters = {}) =>
    orgRequest(`/lightning/apex/${className}/${methodName}`, { body: parameters });
  const adapter = createFetchingAdapter<Parameters>(
    {
      // As on the platform, a wire waits while one of its parameters is undefined.
      request: (config) => (Object.values(config).includes(undefined) ? undefined : () => call(config)),
    },
    topics,
    ({ data, error }, refresh) => {
      const value = { data, error };
      refreshes.set(value, refresh);
      return value;
    },
  );
  return Object.assign(call, { adapter });
}

/** Reads a wired Apex value again; the wire then receives the new one. */
export async function refreshApex(wiredValue: object): Promise<void> {
  await refreshes.get(wiredValue)?.();
}

/** The value of a field, by schema reference or name, in a record that Apex returned. */
export function getSObjectValue(
  record: Parameters,
  field: string | { readonly fieldApiName: string },
): unknown {
  const path = typeof field === 'string' ? field.split('.').slice(1) : field.fieldApiName.split('.');
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (value as Parameters)[name] : undefined),
    record,
  );
}
