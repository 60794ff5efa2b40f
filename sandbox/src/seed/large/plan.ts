/** How large a sample company is, and the number that it follows from. */
export interface CompanyPlan {
  /** The same number and the same day make the same company. */
  readonly seed: number;
  readonly reps: number;
  /** Each leads a team in a time zone of its own. */
  readonly managers: number;
  readonly accounts: number;
  readonly contacts: number;
  readonly leads: number;
  readonly opportunities: number;
  readonly calls: number;
  /** How far the past goes back. */
  readonly years: number;
}

/** `npm start -- --seed large` */
export const LARGE_COMPANY: CompanyPlan = {
  seed: 40_120,
  reps: 40,
  managers: 6,
  accounts: 600,
  contacts: 2_000,
  leads: 1_000,
  opportunities: 3_600,
  calls: 120_000,
  years: 2,
};
