import {
  READ_ONLY,
  checkbox,
  detailOf,
  field,
  longText,
  lookup,
  ownerField,
  picklist,
  systemFields,
  text,
} from '../fieldBuilders.ts';
import type { FieldDefinition, ObjectDefinition } from '../model.ts';

/** Campaigns and who was in them. */
export function campaignObjects(): ObjectDefinition[] {
  return [
    {
      name: 'Campaign',
      label: 'Campaign',
      labelPlural: 'Campaigns',
      kind: 'standard',
      sharing: 'ReadWrite',
      keyPrefix: '701',
      fields: [...systemFields(), ownerField(), ...campaignFields()],
    },
    {
      name: 'CampaignMember',
      label: 'Campaign Member',
      labelPlural: 'Campaign Members',
      kind: 'standard',
      sharing: 'ControlledByParent',
      keyPrefix: '00v',
      fields: [...systemFields(), ...memberFields()],
    },
  ];
}

function campaignFields(): FieldDefinition[] {
  return [
    text('Name', 80, { nillable: false, label: 'Campaign Name' }),
    lookup('ParentId', ['Campaign'], 'ChildCampaigns', { label: 'Parent Campaign ID' }),
    picklist('Type', ['Conference', 'Webinar', 'Trade Show', 'Email', 'Telemarketing', 'Other']),
    picklist('Status', ['Planned*', 'In Progress', 'Completed', 'Aborted']),
    field('StartDate', 'date'),
    field('EndDate', 'date'),
    checkbox('IsActive', { label: 'Active' }),
    field('BudgetedCost', 'currency', { precision: 18, scale: 0, label: 'Budgeted Cost in Campaign' }),
    field('ActualCost', 'currency', { precision: 18, scale: 0, label: 'Actual Cost in Campaign' }),
    longText('Description', 32_000),
  ];
}

function memberFields(): FieldDefinition[] {
  return [
    detailOf('Campaign', 'CampaignMembers'),
    lookup('LeadId', ['Lead'], 'CampaignMembers', { updateable: false, label: 'Lead ID' }),
    lookup('ContactId', ['Contact'], 'CampaignMembers', { updateable: false, label: 'Contact ID' }),
    picklist('Status', ['Sent*', 'Responded']),
    checkbox('HasResponded', { ...READ_ONLY, label: 'Responded' }),
    field('FirstRespondedDate', 'date', READ_ONLY),
  ];
}
