import type { ObjectDefinition } from '../schema/model.ts';
import { OPPORTUNITY_STAGES, forecastCategoryOf } from '../schema/standard/opportunityStages.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import type { FieldValues } from './readValues.ts';
import type { Standing } from './standing.ts';

/** Adds what the org works out of opportunities, their products, prices and campaign members. */
export async function addSalesValues(
  work: UnitOfWork,
  object: ObjectDefinition,
  stored: Readonly<Record<string, unknown>> | null,
  record: Standing,
  values: FieldValues,
): Promise<void> {
  switch (object.name) {
    case 'Opportunity':
      addStageValues(work, stored, record, values);
      break;
    case 'OpportunityLineItem':
      await addLineItemValues(work, record, values);
      break;
    case 'PricebookEntry':
      await addProductNames(work, record, values);
      break;
    case 'CampaignMember':
      addResponse(work, stored, record, values);
      break;
  }
}

/** A stage says whether the opportunity is closed and won, and how likely it is where the change does not say so. */
function addStageValues(
  work: UnitOfWork,
  stored: Readonly<Record<string, unknown>> | null,
  record: Standing,
  values: FieldValues,
): void {
  const stage = OPPORTUNITY_STAGES.find(({ name }) => name === record.get('StageName'));
  values.set('IsClosed', stage?.isClosed ?? false);
  values.set('IsWon', stage?.isWon ?? false);
  if (stored?.['StageName'] !== record.get('StageName')) {
    if (!values.has('Probability')) values.set('Probability', stage?.probability ?? 0);
    if (!values.has('ForecastCategoryName')) {
      values.set('ForecastCategoryName', stage?.forecastCategoryName ?? 'Pipeline');
    }
    if (stored !== null) values.set('LastStageChangeDate', work.now.toUTC().startOf('second').toISO());
  }
  values.set('ForecastCategory', forecastCategoryOf(String(record.get('ForecastCategoryName'))));
  const amount = record.get('Amount');
  const share = Number(record.get('Probability') ?? 0) / 100;
  values.set('ExpectedRevenue', typeof amount === 'number' ? inCents(amount * share) : null);
}

async function addLineItemValues(work: UnitOfWork, record: Standing, values: FieldValues): Promise<void> {
  const [entry] = await work.connection.query<{
    product: string;
    name: string | null;
    code: string | null;
    price: number;
  }>(
    `SELECT "Product2Id" AS product, "Name" AS name, "ProductCode" AS code, "UnitPrice" AS price
       FROM org."PricebookEntry" WHERE "Id" = $1`,
    [record.get('PricebookEntryId')],
  );
  if (!values.has('UnitPrice') && record.get('UnitPrice') === undefined) {
    values.set('UnitPrice', entry?.price ?? null);
  }
  values.set('Product2Id', entry?.product ?? null);
  values.set('Name', entry?.name ?? null);
  values.set('ProductCode', entry?.code ?? null);
  values.set('ListPrice', entry?.price ?? null);
  const full = Number(record.get('Quantity') ?? 0) * Number(record.get('UnitPrice') ?? 0);
  values.set('TotalPrice', inCents(full * (1 - Number(record.get('Discount') ?? 0) / 100)));
}

async function addProductNames(work: UnitOfWork, record: Standing, values: FieldValues): Promise<void> {
  const [product] = await work.connection.query<{ name: string; code: string | null }>(
    'SELECT "Name" AS name, "ProductCode" AS code FROM org."Product2" WHERE "Id" = $1',
    [record.get('Product2Id')],
  );
  values.set('Name', product?.name ?? null);
  values.set('ProductCode', product?.code ?? null);
}

function addResponse(
  work: UnitOfWork,
  stored: Readonly<Record<string, unknown>> | null,
  record: Standing,
  values: FieldValues,
): void {
  const hasResponded = record.get('Status') === 'Responded';
  values.set('HasResponded', hasResponded);
  if (hasResponded && stored?.['HasResponded'] !== true && record.get('FirstRespondedDate') == null) {
    values.set('FirstRespondedDate', work.now.toISODate());
  }
}

function inCents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
