import { ApiError } from '../apiError.ts';
import type { FieldDefinition } from '../schema/model.ts';

/** A query that the org refuses; `token` is the word that it complains about, so that its place can be shown. */
export class QueryError extends ApiError {
  readonly token: string | null;

  constructor(errorCode: string, message: string, token: string | null = null) {
    super(400, errorCode, message);
    this.name = 'QueryError';
    this.token = token;
  }
}

export function malformedQuery(message: string, token: string | null = null): QueryError {
  return new QueryError('MALFORMED_QUERY', message, token);
}

export function unknownObject(name: string): QueryError {
  return new QueryError(
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
    name,
  );
}

export function unknownField(objectName: string, fieldName: string): QueryError {
  return new QueryError(
    'INVALID_FIELD',
    `No such column '${fieldName}' on entity '${objectName}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    fieldName,
  );
}

export function unknownRelationship(name: string): QueryError {
  return new QueryError(
    'INVALID_FIELD',
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    name,
  );
}

export function unknownChildRelationship(name: string): QueryError {
  return new QueryError(
    'INVALID_TYPE',
    `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    name,
  );
}

export function notFilterable(field: FieldDefinition): QueryError {
  return new QueryError(
    'INVALID_FIELD',
    `field '${field.name}' can not be filtered in a query call`,
    field.name,
  );
}

export function notSortable(field: FieldDefinition): QueryError {
  return new QueryError(
    'MALFORMED_QUERY',
    `field '${field.name}' can not be sorted in a query call`,
    field.name,
  );
}

export function notGroupable(field: FieldDefinition): QueryError {
  return new QueryError(
    'MALFORMED_QUERY',
    `field '${field.name}' can not be grouped in a query call`,
    field.name,
  );
}

/** A value of another type than the field's, e.g. a quoted number. */
export function wrongFilterType(field: FieldDefinition): QueryError {
  const isText = !['boolean', 'int', 'double', 'currency', 'percent', 'date', 'datetime'].includes(
    field.type,
  );
  const type = isText ? 'string' : field.type === 'datetime' ? 'dateTime' : field.type;
  return new QueryError(
    'INVALID_FIELD',
    `value of filter criterion for field '${field.name}' must be of type ${type} and should ${isText ? '' : 'not '}be enclosed in quotes`,
    field.name,
  );
}
