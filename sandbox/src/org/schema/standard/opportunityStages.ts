/** A stage that an opportunity may be in, as a new org has them. */
export interface OpportunityStage {
  readonly name: string;
  /** 0 to 100. */
  readonly probability: number;
  readonly forecastCategory: string;
  readonly forecastCategoryName: string;
  readonly isClosed: boolean;
  readonly isWon: boolean;
}

export const FORECAST_CATEGORY_NAMES = ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'] as const;

/** What the old field `ForecastCategory` says for each name. */
const CATEGORY_OF_NAME: Readonly<Record<string, string>> = {
  Omitted: 'Omitted',
  Pipeline: 'Pipeline',
  'Best Case': 'BestCase',
  Commit: 'Forecast',
  Closed: 'Closed',
};

export const OPPORTUNITY_STAGES: readonly OpportunityStage[] = [
  open('Prospecting', 10, 'Pipeline'),
  open('Qualification', 10, 'Pipeline'),
  open('Needs Analysis', 20, 'Pipeline'),
  open('Value Proposition', 50, 'Pipeline'),
  open('Id. Decision Makers', 60, 'Pipeline'),
  open('Perception Analysis', 70, 'Best Case'),
  open('Proposal/Price Quote', 75, 'Best Case'),
  open('Negotiation/Review', 90, 'Commit'),
  { ...open('Closed Won', 100, 'Closed'), isClosed: true, isWon: true },
  { ...open('Closed Lost', 0, 'Omitted'), isClosed: true },
];

/** The short name of a forecast category; null for a name that is none. */
export function forecastCategoryOf(categoryName: string): string | null {
  return CATEGORY_OF_NAME[categoryName] ?? null;
}

function open(name: string, probability: number, forecastCategoryName: string): OpportunityStage {
  return {
    name,
    probability,
    forecastCategory: forecastCategoryOf(forecastCategoryName) ?? 'Omitted',
    forecastCategoryName,
    isClosed: false,
    isWon: false,
  };
}
