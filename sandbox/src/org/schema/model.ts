/** Field types by their API names, as describe answers them. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'picklist'
  | 'phone'
  | 'email'
  | 'url';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly isDefault: boolean;
}

export interface Picklist {
  readonly restricted: boolean;
  readonly values: readonly PicklistValue[];
}

export interface Reference {
  /** API names of the objects it may point to; more than one makes it polymorphic. */
  readonly to: readonly string[];
  /** The name that leads to the parent in a query, e.g. `Account`. */
  readonly relationshipName: string | null;
  /** The name that leads from the parent to its children, e.g. `Contacts`. */
  readonly childRelationshipName: string | null;
  readonly isMasterDetail: boolean;
  /** Whether queries reach the parent through the view `Name`, whatever its object. */
  readonly isPolymorphic: boolean;
}

export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters; 0 where the type has no length. */
  readonly length: number;
  /** Digits in all and behind the point, for numbers. */
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  /** Whether a record may be named by it, as by an external id. */
  readonly idLookup: boolean;
  readonly filterable: boolean;
  readonly custom: boolean;
  readonly defaultValue: string | number | boolean | null;
  readonly picklist: Picklist | null;
  readonly reference: Reference | null;
  /** e.g. `SC-{000000}` */
  readonly autoNumberFormat: string | null;
}

/** Who sees and edits whose records when no permission says otherwise. */
export type SharingModel = 'Private' | 'Read' | 'ReadWrite' | 'ControlledByParent' | 'Activity';

/** `setup` objects are edited by those who manage users; `customMetadata` by deployment, `history` by the org alone. */
export type ObjectKind = 'standard' | 'setup' | 'custom' | 'customMetadata' | 'history' | 'view';

export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly kind: ObjectKind;
  readonly sharing: SharingModel;
  /** Three characters; null for objects whose prefix the storage gives out. */
  readonly keyPrefix: string | null;
  readonly fields: readonly FieldDefinition[];
}

/** A child relationship as seen from the parent. */
export interface ChildRelationship {
  readonly name: string;
  readonly child: ObjectDefinition;
  readonly field: FieldDefinition;
}
