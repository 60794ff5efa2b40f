import { READ_ONLY, field, text } from '../fieldBuilders.ts';
import type { ObjectDefinition } from '../model.ts';

/** What a polymorphic reference (`Who`, `What`) leads to in a query: a read-only view over every named record. */
export const NAME_VIEW: ObjectDefinition = {
  name: 'Name',
  label: 'Name',
  labelPlural: 'Names',
  kind: 'view',
  sharing: 'ReadWrite',
  keyPrefix: null,
  fields: [
    field('Id', 'id', { ...READ_ONLY, length: 18, nillable: false }),
    text('Name', 255, READ_ONLY),
    text('Type', 40, READ_ONLY),
  ],
};
