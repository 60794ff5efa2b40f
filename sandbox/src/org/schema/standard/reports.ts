import { field, picklist, systemFields, text } from '../fieldBuilders.ts';
import type { ObjectDefinition } from '../model.ts';

/** Reports, as far as a query can see them: not what is in them. */
export function reportObjects(): ObjectDefinition[] {
  return [
    {
      name: 'Report',
      label: 'Report',
      labelPlural: 'Reports',
      kind: 'setup',
      sharing: 'ReadWrite',
      keyPrefix: '00O',
      fields: [
        ...systemFields(),
        text('Name', 40, { nillable: false, label: 'Report Name' }),
        text('DeveloperName', 80, { nillable: false, label: 'Report Unique Name' }),
        picklist('Format', ['Tabular*', 'Summary', 'Matrix', 'MultiBlock']),
        field('LastViewedDate', 'datetime'),
      ],
    },
  ];
}
