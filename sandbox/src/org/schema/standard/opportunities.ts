import {
  READ_ONLY,
  checkbox,
  detailOf,
  field,
  historyFields,
  longText,
  lookup,
  ownerField,
  picklist,
  systemFields,
  text,
  wholeNumber,
} from '../fieldBuilders.ts';
import type { FieldDefinition, ObjectDefinition } from '../model.ts';
import { LEAD_SOURCES } from './accounts.ts';
import { FORECAST_CATEGORY_NAMES, OPPORTUNITY_STAGES } from './opportunityStages.ts';

/** Opportunities with their stages, the history that the org writes of them, their products and people. */
export function opportunityObjects(): ObjectDefinition[] {
  return [
    opportunity(),
    opportunityStage(),
    opportunityHistory(),
    opportunityFieldHistory(),
    opportunityLineItem(),
    opportunityContactRole(),
  ];
}

function opportunity(): ObjectDefinition {
  return {
    name: 'Opportunity',
    label: 'Opportunity',
    labelPlural: 'Opportunities',
    kind: 'standard',
    sharing: 'Private',
    keyPrefix: '006',
    fields: [...systemFields(), ownerField(), ...opportunityFields()],
  };
}

function opportunityFields(): FieldDefinition[] {
  return [
    text('Name', 120, { nillable: false, label: 'Opportunity Name' }),
    lookup('AccountId', ['Account'], 'Opportunities', { label: 'Account ID' }),
    lookup('CampaignId', ['Campaign'], 'Opportunities', { label: 'Campaign ID' }),
    lookup('Pricebook2Id', ['Pricebook2'], 'Opportunities', { label: 'Price Book ID' }),
    picklist('StageName', stageNames(), { nillable: false, label: 'Stage' }),
    field('Amount', 'currency', { precision: 18, scale: 2 }),
    field('Probability', 'percent', { precision: 3, scale: 0, label: 'Probability (%)' }),
    field('ExpectedRevenue', 'currency', { ...READ_ONLY, precision: 18, scale: 2 }),
    field('CloseDate', 'date', { nillable: false }),
    picklist('Type', [
      'Existing Customer - Upgrade',
      'Existing Customer - Replacement',
      'Existing Customer - Downgrade',
      'New Customer',
    ]),
    picklist('LeadSource', LEAD_SOURCES),
    text('NextStep', 255),
    longText('Description', 32_000),
    checkbox('IsClosed', { ...READ_ONLY, label: 'Closed' }),
    checkbox('IsWon', { ...READ_ONLY, label: 'Won' }),
    picklist('ForecastCategory', ['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed'], {
      ...READ_ONLY,
    }),
    picklist('ForecastCategoryName', FORECAST_CATEGORY_NAMES, { label: 'Forecast Category' }),
    field('LastStageChangeDate', 'datetime', READ_ONLY),
  ];
}

function stageNames(): string[] {
  return OPPORTUNITY_STAGES.map(({ name }) => name);
}

function opportunityStage(): ObjectDefinition {
  return {
    name: 'OpportunityStage',
    label: 'Opportunity Stage',
    labelPlural: 'Opportunity Stages',
    kind: 'setup',
    sharing: 'ReadWrite',
    keyPrefix: '01J',
    fields: [
      ...systemFields(),
      text('MasterLabel', 255, { nillable: false, label: 'Label' }),
      text('ApiName', 255, { nillable: false, label: 'API Name' }),
      checkbox('IsActive', { label: 'Is Active' }),
      wholeNumber('SortOrder', 9),
      checkbox('IsClosed', { label: 'Closed' }),
      checkbox('IsWon', { label: 'Won' }),
      field('DefaultProbability', 'percent', { precision: 3, scale: 0, label: 'Probability (%)' }),
      text('ForecastCategory', 40),
      text('ForecastCategoryName', 40),
    ],
  };
}

/** A row for every new or changed stage, amount, close date or probability. */
function opportunityHistory(): ObjectDefinition {
  return {
    name: 'OpportunityHistory',
    label: 'Opportunity History',
    labelPlural: 'Opportunity: Stage History',
    kind: 'history',
    sharing: 'ControlledByParent',
    keyPrefix: '008',
    fields: [
      ...historyFields(),
      field('SystemModstamp', 'datetime', { ...READ_ONLY, nillable: false, label: 'System Modstamp' }),
      detailOf('Opportunity', 'OpportunityHistories', READ_ONLY),
      picklist('StageName', stageNames(), READ_ONLY),
      field('Amount', 'currency', { ...READ_ONLY, precision: 18, scale: 2 }),
      field('PrevAmount', 'currency', { ...READ_ONLY, precision: 18, scale: 2 }),
      field('ExpectedRevenue', 'currency', { ...READ_ONLY, precision: 18, scale: 2 }),
      field('CloseDate', 'date', READ_ONLY),
      field('PrevCloseDate', 'date', READ_ONLY),
      field('Probability', 'percent', { ...READ_ONLY, precision: 3, scale: 0 }),
      text('ForecastCategory', 40, READ_ONLY),
    ],
  };
}

/** A row for every change of a tracked field. It has no stamp of its own: `CreatedDate` is the time of the change. */
function opportunityFieldHistory(): ObjectDefinition {
  return {
    name: 'OpportunityFieldHistory',
    label: 'Opportunity Field History',
    labelPlural: 'Opportunity Field History',
    kind: 'history',
    sharing: 'ControlledByParent',
    keyPrefix: '017',
    fields: [
      ...historyFields(),
      detailOf('Opportunity', 'Histories', READ_ONLY),
      text('Field', 255, { ...READ_ONLY, label: 'Changed Field' }),
      text('DataType', 40, READ_ONLY),
      longText('OldValue', 255, READ_ONLY),
      longText('NewValue', 255, READ_ONLY),
    ],
  };
}

function opportunityLineItem(): ObjectDefinition {
  return {
    name: 'OpportunityLineItem',
    label: 'Opportunity Product',
    labelPlural: 'Opportunity Products',
    kind: 'standard',
    sharing: 'ControlledByParent',
    keyPrefix: '00k',
    fields: [
      ...systemFields(),
      detailOf('Opportunity', 'OpportunityLineItems'),
      lookup('PricebookEntryId', ['PricebookEntry'], 'OpportunityLineItems', { updateable: false }),
      lookup('Product2Id', ['Product2'], 'OpportunityLineItems', { ...READ_ONLY, label: 'Product ID' }),
      text('Name', 376, { ...READ_ONLY, label: 'Opportunity Product Name' }),
      text('ProductCode', 255, READ_ONLY),
      field('Quantity', 'double', { precision: 12, scale: 2, nillable: false }),
      field('UnitPrice', 'currency', { precision: 18, scale: 2, label: 'Sales Price' }),
      field('ListPrice', 'currency', { ...READ_ONLY, precision: 18, scale: 2 }),
      field('Discount', 'percent', { precision: 5, scale: 2 }),
      field('TotalPrice', 'currency', { ...READ_ONLY, precision: 18, scale: 2 }),
      field('ServiceDate', 'date', { label: 'Date' }),
      text('Description', 255, { label: 'Line Description' }),
    ],
  };
}

function opportunityContactRole(): ObjectDefinition {
  return {
    name: 'OpportunityContactRole',
    label: 'Opportunity Contact Role',
    labelPlural: 'Opportunity Contact Roles',
    kind: 'standard',
    sharing: 'ControlledByParent',
    keyPrefix: '00K',
    fields: [
      ...systemFields(),
      detailOf('Opportunity', 'OpportunityContactRoles'),
      lookup('ContactId', ['Contact'], 'OpportunityContactRoles', { nillable: false, label: 'Contact ID' }),
      picklist('Role', [
        'Business User',
        'Decision Maker',
        'Economic Buyer',
        'Evaluator',
        'Influencer',
        'Other',
      ]),
      checkbox('IsPrimary', { label: 'Primary' }),
    ],
  };
}
