import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { Schema } from '../schema/schema.ts';
import { quoteIdentifier } from '../storage/database.ts';
import { tableOf } from '../storage/tables.ts';
import { objectAccess } from './permissions.ts';
import type { UserAccess } from './userAccess.ts';

/** Adds a value to a statement and answers the placeholder that stands for it. */
export type BindValue = (value: unknown) => string;

interface Rule {
  readonly schema: Schema;
  readonly access: UserAccess;
  readonly bind: BindValue;
  readonly purpose: 'read' | 'edit';
}

/** The SQL condition under which a user sees a row, or null where they see all. `alias` is a quoted table alias. */
export function visibleRows(
  schema: Schema,
  access: UserAccess,
  bind: BindValue,
  object: ObjectDefinition,
  alias: string,
): string | null {
  return condition({ schema, access, bind, purpose: 'read' }, object, alias);
}

/** The SQL condition under which a user may edit or delete a row, given the permission on its object. */
export function editableRows(
  schema: Schema,
  access: UserAccess,
  bind: BindValue,
  object: ObjectDefinition,
  alias: string,
): string | null {
  return condition({ schema, access, bind, purpose: 'edit' }, object, alias);
}

function condition(rule: Rule, object: ObjectDefinition, alias: string): string | null {
  const { access, purpose } = rule;
  const grant = objectAccess(access, object);
  if (purpose === 'read' ? grant.viewAll : grant.modifyAll) return null;
  switch (object.sharing) {
    case 'ReadWrite':
      return null;
    case 'Read':
      return purpose === 'read' ? null : ownedOrBelow(rule, alias);
    case 'Private':
      return ownedOrBelow(rule, alias);
    case 'Activity':
      return purpose === 'read'
        ? `(${ownedOrBelow(rule, alias)} OR ${readableParent(rule, object, alias)})`
        : ownedOrBelow(rule, alias);
    case 'ControlledByParent':
      return throughMaster(rule, object, alias);
  }
}

function ownedOrBelow(rule: Rule, alias: string): string {
  return `${alias}."OwnerId" = ANY(${rule.bind(rule.access.visibleOwnerIds)}::text[])`;
}

/** An activity is seen by whoever sees the record it belongs to. */
function readableParent(rule: Rule, object: ObjectDefinition, alias: string): string {
  const parents = ['WhoId', 'WhatId'].flatMap((name) => {
    const field = rule.schema.field(object, name);
    return (field?.reference?.to ?? []).map((parentName) => parentRow(rule, alias, field, parentName));
  });
  return `(${parents.join(' OR ')})`;
}

function throughMaster(rule: Rule, object: ObjectDefinition, alias: string): string {
  const field = object.fields.find((candidate) => candidate.reference?.isMasterDetail);
  return parentRow(rule, alias, field, field?.reference?.to[0] ?? '');
}

function parentRow(
  rule: Rule,
  alias: string,
  field: FieldDefinition | undefined,
  parentName: string,
): string {
  const parent = rule.schema.object(parentName);
  if (!field || !parent || !objectAccess(rule.access, parent).read) return 'false';
  const parentAlias = quoteIdentifier(`${parent.name} above`);
  const seen = condition(rule, parent, parentAlias);
  return `EXISTS (SELECT 1 FROM ${tableOf(parent)} ${parentAlias}
    WHERE ${parentAlias}."Id" = ${alias}.${quoteIdentifier(field.name)}${seen === null ? '' : ` AND ${seen}`})`;
}
