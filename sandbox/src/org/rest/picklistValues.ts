import { canRead, readableFields } from '../access/permissions.ts';
import { ApiError, notFound } from '../apiError.ts';
import type { FieldDefinition, ObjectDefinition, PicklistValue } from '../schema/model.ts';
import { normalizeId } from '../storage/recordIds.ts';
import type { ApiRequest, ApiResponse, PathValues } from './api.ts';
import { objectOfPath } from './describe.ts';
import { MASTER_RECORD_TYPE, withTag } from './uiAnswers.ts';

/** `GET …/picklist-values/:recordType`: the values of every picklist of an object that the user can read. */
export async function allPicklistValues(request: ApiRequest, values: PathValues): Promise<ApiResponse> {
  const object = objectOfRecordType(request, values);
  const picklists = readableFields(request.work.access, object).filter((field) => field.picklist !== null);
  const picklistFieldValues = Object.fromEntries(
    picklists.map((field) => [field.name, fieldValues(request, object, field)]),
  );
  return Promise.resolve({ status: 200, body: withTag({ picklistFieldValues }) });
}

/** `GET …/picklist-values/:recordType/:field`. Throws `INVALID_FIELD` for one that the user cannot read. */
export async function picklistValues(request: ApiRequest, values: PathValues): Promise<ApiResponse> {
  const { work } = request;
  const object = objectOfRecordType(request, values);
  const name = values['field'] ?? '';
  const field = work.schema.field(object, name);
  if (!field?.picklist || !canRead(work.access, object, field)) {
    throw new ApiError(
      400,
      'INVALID_FIELD',
      `The field ${name} of ${object.name} is no picklist that you can read`,
    );
  }
  return Promise.resolve({ status: 200, body: fieldValues(request, object, field) });
}

function objectOfRecordType(request: ApiRequest, values: PathValues): ObjectDefinition {
  const object = objectOfPath(request.work, values['object'] ?? '');
  if (normalizeId(values['recordType'] ?? '') !== MASTER_RECORD_TYPE) throw notFound();
  return object;
}

/** No picklist here depends on another field, so that none has a controller and every value is always valid. */
function fieldValues(request: ApiRequest, object: ObjectDefinition, field: FieldDefinition): object {
  const entries = field.picklist?.values ?? [];
  const byDefault = entries.find((entry) => entry.isDefault);
  return withTag({
    controllerValues: {},
    defaultValue: byDefault ? valueOf(byDefault) : null,
    url: `/services/data/v${request.version}/ui-api/object-info/${object.name}/picklist-values/${MASTER_RECORD_TYPE}/${field.name}`,
    values: entries.map(valueOf),
  });
}

function valueOf({ label, value }: PicklistValue): object {
  return { attributes: null, label, validFor: [], value };
}
