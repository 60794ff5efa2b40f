import { OPPORTUNITY_STAGES, forecastCategoryOf, type LoadedRecord, type LocalOrg } from '../../org/index.ts';
import { LEAD_SOURCES, type Deal, type DealState } from './deals.ts';
import { PRODUCTS } from './names.ts';

export interface DealNames {
  readonly userIdOf: (rep: number) => string;
  readonly accountIds: readonly string[];
  readonly contactIds: readonly string[];
  readonly campaignIds: readonly string[];
}

/** Writes opportunities with products, people and the history that the org would have written of them. */
export async function loadDeals(org: LocalOrg, deals: readonly Deal[], names: DealNames): Promise<void> {
  const { bookId, entries } = await loadCatalog(org);
  const dealIds = await org.load(
    'Opportunity',
    deals.map((deal) => opportunityOf(deal, names, bookId)),
  );
  const idOf = (index: number): string => dealIds[index] ?? '';
  await org.load(
    'OpportunityLineItem',
    deals.flatMap((deal, index) => linesOf(deal, idOf(index), entries, names)),
  );
  await org.load(
    'OpportunityContactRole',
    deals.map((deal, index) => ({
      OpportunityId: idOf(index),
      ContactId: names.contactIds[deal.contact] ?? '',
      Role: 'Decision Maker',
      IsPrimary: true,
      ...stamps(names.userIdOf(deal.rep), deal.states[0]?.atMs ?? 0),
    })),
  );
  await org.load(
    'OpportunityHistory',
    deals.flatMap((deal, index) => historyOf(deal, idOf(index), names)),
  );
  await org.load(
    'OpportunityFieldHistory',
    deals.flatMap((deal, index) => fieldHistoryOf(deal, idOf(index), names)),
  );
}

interface Entry {
  readonly entryId: string;
  readonly productId: string;
}

async function loadCatalog(org: LocalOrg): Promise<{ bookId: string; entries: readonly Entry[] }> {
  const [book] = await org.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const bookId = String(book?.['Id']);
  const productIds = await org.insert(
    'Product2',
    PRODUCTS.map(([Name, ProductCode, Family]) => ({ Name, ProductCode, Family, IsActive: true })),
  );
  const entryIds = await org.insert(
    'PricebookEntry',
    PRODUCTS.map(([, , , price], index) => ({
      Pricebook2Id: bookId,
      Product2Id: productIds[index],
      UnitPrice: price,
      IsActive: true,
    })),
  );
  const entries = entryIds.map((entryId, index) => ({ entryId, productId: productIds[index] ?? '' }));
  return { bookId, entries };
}

function opportunityOf(deal: Deal, names: DealNames, bookId: string): LoadedRecord {
  const last = deal.states.at(-1);
  const changedStage = deal.states.findLast(
    ({ stage }, index) => index > 0 && stage !== deal.states[index - 1]?.stage,
  );
  const userId = names.userIdOf(deal.rep);
  return {
    Name: deal.name,
    OwnerId: userId,
    AccountId: names.accountIds[deal.account] ?? '',
    CampaignId: deal.campaign === null ? null : (names.campaignIds[deal.campaign] ?? null),
    Pricebook2Id: bookId,
    Type: deal.isExisting ? 'Existing Customer - Upgrade' : 'New Customer',
    LeadSource: deal.campaign === null ? deal.leadSource : LEAD_SOURCES[3],
    ...(last === undefined ? {} : stageValues(last)),
    ...(last === undefined ? {} : closedValues(last)),
    LastStageChangeDate: changedStage === undefined ? null : wholeSecond(changedStage.atMs),
    ...stamps(userId, deal.states[0]?.atMs ?? 0, last?.atMs),
  };
}

function stageValues({ stage, amount, closeDate }: DealState) {
  const { name, probability, forecastCategoryName } =
    OPPORTUNITY_STAGES[stage] ?? OPPORTUNITY_STAGES[0] ?? missing();
  return {
    StageName: name,
    Amount: amount,
    Probability: probability,
    ExpectedRevenue: Math.round(amount * probability) / 100,
    CloseDate: closeDate,
    ForecastCategory: forecastCategoryOf(forecastCategoryName),
  };
}

function closedValues({ stage }: DealState) {
  const { isClosed, isWon, forecastCategoryName } = OPPORTUNITY_STAGES[stage] ?? missing();
  return { IsClosed: isClosed, IsWon: isWon, ForecastCategoryName: forecastCategoryName };
}

function linesOf(deal: Deal, dealId: string, entries: readonly Entry[], names: DealNames): LoadedRecord[] {
  return deal.lines.map(({ product, quantity, unitPrice }) => {
    const [name, code, , price] = PRODUCTS[product] ?? missing();
    return {
      OpportunityId: dealId,
      PricebookEntryId: entries[product]?.entryId ?? '',
      Product2Id: entries[product]?.productId ?? '',
      Name: name,
      ProductCode: code,
      Quantity: quantity,
      UnitPrice: unitPrice,
      ListPrice: price,
      TotalPrice: quantity * unitPrice,
      ...stamps(names.userIdOf(deal.rep), deal.states[0]?.atMs ?? 0),
    };
  });
}

function historyOf(deal: Deal, dealId: string, names: DealNames): LoadedRecord[] {
  return deal.states.map((state, index) => {
    const before = deal.states[index - 1];
    return {
      OpportunityId: dealId,
      ...stageValues(state),
      PrevAmount: before?.amount ?? null,
      PrevCloseDate: before?.closeDate ?? null,
      CreatedDate: wholeSecond(state.atMs),
      CreatedById: names.userIdOf(deal.rep),
      SystemModstamp: wholeSecond(state.atMs),
    };
  });
}

function fieldHistoryOf(deal: Deal, dealId: string, names: DealNames): LoadedRecord[] {
  return deal.states.flatMap((state, index): LoadedRecord[] => {
    const row = {
      OpportunityId: dealId,
      CreatedDate: wholeSecond(state.atMs),
      CreatedById: names.userIdOf(deal.rep),
    };
    const before = deal.states[index - 1];
    if (before === undefined)
      return [{ ...row, Field: 'created', DataType: 'Text', OldValue: null, NewValue: null }];
    const one = OPPORTUNITY_STAGES[before.stage] ?? missing();
    const other = OPPORTUNITY_STAGES[state.stage] ?? missing();
    const changes = [
      ['StageName', 'DynamicEnum', one.name, other.name],
      ['Amount', 'Currency', before.amount, state.amount],
      ['CloseDate', 'DateOnly', before.closeDate, state.closeDate],
      ['Probability', 'Percent', one.probability, other.probability],
    ] as const;
    return changes
      .filter(([, , oldValue, newValue]) => oldValue !== newValue)
      .map(([Field, DataType, oldValue, newValue]) => ({
        ...row,
        Field,
        DataType,
        OldValue: String(oldValue),
        NewValue: String(newValue),
      }));
  });
}

/** Who created a record and changed it last, and when. */
export function stamps(userId: string, createdMs: number, changedMs = createdMs) {
  return {
    CreatedDate: wholeSecond(createdMs),
    CreatedById: userId,
    LastModifiedDate: wholeSecond(changedMs),
    LastModifiedById: userId,
    SystemModstamp: wholeSecond(changedMs),
  };
}

function wholeSecond(epochMs: number): string {
  return new Date(Math.floor(epochMs / 1_000) * 1_000).toISOString();
}

function missing(): never {
  throw new RangeError('A deal names a stage or product that does not exist');
}
