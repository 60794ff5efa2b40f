import { READ_ONLY, checkbox, field, lookup, phone, picklist, systemFields, text } from '../fieldBuilders.ts';
import type { FieldDefinition, ObjectDefinition } from '../model.ts';

/** The org itself and the people in it: setup objects, read by all and edited by those who manage users. */
export function peopleObjects(): ObjectDefinition[] {
  return [organization(), user(), userRole(), profile(), permissionSet(), permissionSetAssignment()];
}

function setupObject(
  name: string,
  keyPrefix: string,
  fields: readonly FieldDefinition[],
  labels: { label?: string; labelPlural?: string } = {},
): ObjectDefinition {
  const label = labels.label ?? name;
  return {
    name,
    label,
    labelPlural: labels.labelPlural ?? `${label}s`,
    kind: 'setup',
    sharing: 'ReadWrite',
    keyPrefix,
    fields: [...systemFields(), ...fields],
  };
}

function organization(): ObjectDefinition {
  return setupObject('Organization', '00D', [
    text('Name', 80, { nillable: false }),
    text('TimeZoneSidKey', 40, { nillable: false, label: 'Time Zone' }),
    text('DefaultLocaleSidKey', 40, { label: 'Locale' }),
    text('LanguageLocaleKey', 40, { label: 'Language' }),
    field('FiscalYearStartMonth', 'int', { precision: 9, nillable: false }),
    checkbox('UsesStartDateAsFiscalYearName'),
    checkbox('IsSandbox', READ_ONLY),
    text('OrganizationType', 40, { ...READ_ONLY, label: 'Edition' }),
    text('InstanceName', 5, READ_ONLY),
  ]);
}

function user(): ObjectDefinition {
  return setupObject(
    'User',
    '005',
    [
      text('Username', 80, { nillable: false, unique: true, idLookup: true }),
      text('FirstName', 40),
      text('LastName', 80, { nillable: false }),
      text('Name', 121, { ...READ_ONLY, label: 'Full Name' }),
      text('Alias', 8),
      field('Email', 'email', { length: 128, idLookup: true }),
      text('Title', 80),
      text('Department', 80),
      phone('Phone'),
      phone('Extension'),
      phone('MobilePhone', { label: 'Mobile' }),
      checkbox('IsActive', { label: 'Active', defaultValue: true }),
      text('TimeZoneSidKey', 40, { nillable: false, label: 'Time Zone' }),
      text('LocaleSidKey', 40, { label: 'Locale' }),
      text('LanguageLocaleKey', 40, { label: 'Language' }),
      text('EmailEncodingKey', 40, { label: 'Email Encoding' }),
      lookup('UserRoleId', ['UserRole'], 'Users', { label: 'Role ID' }),
      lookup('ProfileId', ['Profile'], 'Users', { label: 'Profile ID' }),
      lookup('ManagerId', ['User'], 'ManagedUsers', { label: 'Manager ID' }),
      picklist('UserType', ['Standard*'], READ_ONLY),
      text('FederationIdentifier', 512, { label: 'SAML Federation ID', unique: true, caseSensitive: true }),
    ],
    { label: 'User' },
  );
}

function userRole(): ObjectDefinition {
  return setupObject(
    'UserRole',
    '00E',
    [
      text('Name', 80, { nillable: false }),
      text('DeveloperName', 80),
      lookup('ParentRoleId', ['UserRole'], null, { label: 'Parent Role ID' }),
    ],
    { label: 'Role' },
  );
}

function profile(): ObjectDefinition {
  return setupObject('Profile', '00e', [text('Name', 255, { nillable: false })]);
}

function permissionSet(): ObjectDefinition {
  return setupObject(
    'PermissionSet',
    '0PS',
    [
      text('Name', 80, { nillable: false, unique: true, idLookup: true }),
      text('Label', 80, { nillable: false }),
      text('Description', 255),
      checkbox('IsOwnedByProfile', READ_ONLY),
    ],
    { label: 'Permission Set' },
  );
}

function permissionSetAssignment(): ObjectDefinition {
  return setupObject(
    'PermissionSetAssignment',
    '0Pa',
    [
      lookup('AssigneeId', ['User'], 'PermissionSetAssignments', { nillable: false, updateable: false }),
      lookup('PermissionSetId', ['PermissionSet'], 'Assignments', { nillable: false, updateable: false }),
    ],
    { label: 'Permission Set Assignment' },
  );
}
