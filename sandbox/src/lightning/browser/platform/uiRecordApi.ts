import { dataPath, orgRequest } from './orgRequest.ts';
import { createFetchingAdapter, createRefreshTopics } from './wireAdapter.ts';

type FieldReference = string | { readonly fieldApiName: string; readonly objectApiName: string };

interface FieldValue {
  readonly value: unknown;
  readonly displayValue: string | null;
}

interface RecordRepresentation {
  readonly id: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

interface GetRecordConfig {
  readonly recordId?: string | undefined;
  readonly fields?: FieldReference | readonly FieldReference[] | undefined;
  readonly optionalFields?: FieldReference | readonly FieldReference[] | undefined;
}

/** The page's wires on records, by record id, so that a change of one reaches them all. */
const recordTopics = createRefreshTopics();

function fieldName(field: FieldReference): string {
  return typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
}

function fieldNames(fields: GetRecordConfig['fields']): string[] {
  return (fields === undefined ? [] : ([fields].flat() as readonly FieldReference[])).map(fieldName);
}

/** Wire adapter `{recordId, fields, optionalFields}` → `{data, error}`. Waits while the id or all fields are missing. */
export const getRecord = createFetchingAdapter<GetRecordConfig>(
  {
    topic: ({ recordId }) => recordId ?? '',
    request: ({ recordId, fields, optionalFields }) => {
      const parameters = new URLSearchParams();
      const required = fieldNames(fields);
      const optional = fieldNames(optionalFields);
      if (required.length > 0) {
        parameters.set('fields', required.join(','));
      }
      if (optional.length > 0) {
        parameters.set('optionalFields', optional.join(','));
      }
      if (recordId === undefined || recordId === null || parameters.size === 0) {
        return undefined;
      }
      return () =>
        orgRequest(dataPath(`ui-api/records/${encodeURIComponent(recordId)}?${parameters.toString()}`));
    },
  },
  recordTopics,
  ({ data, error }) => ({ data, error }),
);

function fieldOf(record: RecordRepresentation | undefined, field: FieldReference): FieldValue | undefined {
  const [, ...path] = fieldName(field).split('.');
  let current: RecordRepresentation | undefined = record;
  let found: FieldValue | undefined;
  for (const name of path) {
    found = current?.fields[name];
    current = (found?.value ?? undefined) as RecordRepresentation | undefined;
  }
  return found;
}

/** A field's raw value, also across relationships (`Contact.Account.Name`); undefined when it was not read. */
export function getFieldValue(record: RecordRepresentation | undefined, field: FieldReference): unknown {
  return fieldOf(record, field)?.value;
}

/** A field's value as it is to be shown, in the user's locale. */
export function getFieldDisplayValue(
  record: RecordRepresentation | undefined,
  field: FieldReference,
): string | null | undefined {
  return fieldOf(record, field)?.displayValue;
}

/** Creates a record as the user and answers it with the fields that were given. */
export async function createRecord(input: {
  readonly apiName: string;
  readonly fields: Readonly<Record<string, unknown>>;
}): Promise<RecordRepresentation> {
  return (await orgRequest(dataPath('ui-api/records'), { body: input })) as RecordRepresentation;
}

/** Changes a record as the user: `fields` holds its `Id`. Wires on it read again. */
export async function updateRecord(input: {
  readonly fields: Readonly<Record<string, unknown>>;
}): Promise<RecordRepresentation> {
  const { Id: recordId, ...fields } = input.fields;
  const path = dataPath(`ui-api/records/${encodeURIComponent(String(recordId))}`);
  const record = (await orgRequest(path, { method: 'PATCH', body: { fields } })) as RecordRepresentation;
  await recordTopics.refresh(record.id);
  return record;
}

/** Deletes a record as the user. */
export async function deleteRecord(recordId: string): Promise<void> {
  await orgRequest(dataPath(`ui-api/records/${encodeURIComponent(recordId)}`), { method: 'DELETE' });
}

/** Says that records were changed by other means: all wires on them read again. */
export async function notifyRecordUpdateAvailable(
  records: readonly { readonly recordId: string }[],
): Promise<void> {
  await Promise.all(records.map(({ recordId }) => recordTopics.refresh(recordId)));
}
