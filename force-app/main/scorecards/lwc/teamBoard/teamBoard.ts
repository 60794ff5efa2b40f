import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import userId from '@salesforce/user/Id';
import { formatClock, formatCount } from 'c/figureFormat';
import {
  CARDS_PER_PAGE,
  isTeamDenied,
  PERIODS_QUERY,
  readCardPage,
  readPeriods,
  readRoles,
  ROLES_QUERY,
  TEAM_QUERY,
} from 'c/teamRecords';
import type { CardPeriod, Role, TeamCard } from 'c/teamRecords';
import { after, every } from 'c/ticker';
import { changesWhere, periodWhere } from './cardFilters.ts';
import type { CardFilter } from './cardFilters.ts';

/** Waiting shorter than this shows nothing: a flash of grey boxes reads as trouble. */
const STENCIL_AFTER_MS = 300;
/** How often a visible board asks what has changed. */
const POLL_EVERY_MS = 15_000;

type PageVariables = Record<'where' | 'first' | 'after', CardFilter | number | string | null>;

/**
 * A manager's team: who needs them, and which change is real. All from the headline values on the scorecard records
 * that sharing shows, page by page; afterwards only what has changed is read, and only while the board is visible.
 *
 * @fires open with `{ repId, name }`
 */
export default class TeamBoard extends LightningElement {
  periods: readonly CardPeriod[] = [];
  chosenPeriod?: string | undefined;
  roles: readonly Role[] = [];
  /** The people below the user; the user's own card is on the scorecard. */
  everybody: readonly TeamCard[] = [];
  /** Read and not shown yet: a board that is drawn anew for each page answers nobody meanwhile. */
  unshown: readonly TeamCard[] = [];
  cursor: string | null = null;
  /** Whether every page of the period was read. */
  isComplete = false;
  /** The newest change known of, as the org writes it. */
  changedSince = '';
  arePeriodsLoaded = false;
  hasError = false;
  isDenied = false;
  isOffline = !navigator.onLine;
  isStencilDue = false;
  status = '';
  alert = '';
  private openedId = '';
  private cardsById = new Map<string, TeamCard>();
  private refreshes = new Map<'periods' | 'page' | 'changes', () => Promise<void>>();
  private stopStencil = () => {};
  private stopPolling = () => {};
  private handleLine = async () => {
    this.isOffline = !navigator.onLine;
    if (!this.isOffline) await this.readAgain();
  };
  private readChanges = async (): Promise<void> => {
    if (this.isComplete && !this.isOffline) await this.refresh('changes');
  };
  private handleVisibility = async () => {
    this.stopPolling();
    if (document.visibilityState !== 'visible') return;
    this.stopPolling = every(POLL_EVERY_MS, this.readChanges);
    await this.readChanges();
  };

  @wire(graphql, { query: PERIODS_QUERY })
  receivePeriods(result: GraphqlResult): void {
    if (!this.accept('periods', result)) return;
    this.periods = readPeriods(result.data);
    this.arePeriodsLoaded = true;
    this.chosenPeriod = this.chosenPeriod ?? this.periods[0]?.startDay;
  }

  @wire(graphql, { query: '$pageQuery', variables: '$pageVariables' })
  receivePage(result: GraphqlResult): void {
    if (result.errors !== undefined) this.showRead();
    if (!this.accept('page', result)) return;
    const { cards, nextCursor } = readCardPage(result.data);
    this.unshown = [...this.unshown, ...cards];
    if (nextCursor === undefined) this.isComplete = true;
    else this.cursor = nextCursor;
    if (this.isComplete || !this.hasCards) this.showRead();
  }

  @wire(graphql, { query: '$changesQuery', variables: '$changesVariables' })
  receiveChanges(result: GraphqlResult): void {
    if (!this.accept('changes', result)) return;
    const { cards, nextCursor } = readCardPage(result.data);
    this.merge(cards);
    // More changed than one request brings: begin again, what is shown stays meanwhile.
    if (nextCursor !== undefined) this.beginPages();
  }

  @wire(graphql, { query: ROLES_QUERY })
  receiveRoles({ data }: GraphqlResult): void {
    if (data !== undefined) this.roles = readRoles(data);
  }

  override connectedCallback(): void {
    window.addEventListener('online', this.handleLine);
    window.addEventListener('offline', this.handleLine);
    document.addEventListener('visibilitychange', this.handleVisibility);
    this.stopPolling = every(POLL_EVERY_MS, this.readChanges);
    this.stopStencil = after(STENCIL_AFTER_MS, () => {
      this.isStencilDue = true;
      if (this.isLoading) this.status = 'Loading team';
    });
  }

  override disconnectedCallback(): void {
    window.removeEventListener('online', this.handleLine);
    window.removeEventListener('offline', this.handleLine);
    document.removeEventListener('visibilitychange', this.handleVisibility);
    this.stopStencil();
    this.stopPolling();
  }

  /** Puts the focus back on the rep whose card was opened last. */
  @api focusLast(): void {
    const view = this.template?.querySelector<HTMLElement & { focusRep(repId: string): void }>(
      'c-team-table',
    );
    view?.focusRep(this.openedId);
  }

  get pageQuery(): typeof TEAM_QUERY | undefined {
    return this.chosenPeriod === undefined || this.isComplete ? undefined : TEAM_QUERY;
  }

  get pageVariables(): PageVariables {
    return { where: periodWhere(this.chosenPeriod ?? ''), first: CARDS_PER_PAGE, after: this.cursor };
  }

  get changesQuery(): typeof TEAM_QUERY | undefined {
    return this.isComplete ? TEAM_QUERY : undefined;
  }

  get changesVariables(): PageVariables {
    const where = changesWhere(this.chosenPeriod ?? '', this.changedSince);
    return { where, first: CARDS_PER_PAGE, after: null };
  }

  get hasCards(): boolean {
    return this.everybody.length > 0;
  }

  get isLoading(): boolean {
    const isWaiting = !this.arePeriodsLoaded || (this.chosenPeriod !== undefined && !this.isComplete);
    return isWaiting && !this.hasError && !this.isDenied && !this.isOffline;
  }

  get isStencilShown(): boolean {
    return this.isLoading && this.isStencilDue && !this.hasCards;
  }

  get loadingWords(): string | undefined {
    return this.isLoading && this.hasCards
      ? `${formatCount(this.everybody.length + this.unshown.length)} people so far…`
      : undefined;
  }

  get isEmpty(): boolean {
    return !this.isLoading && !this.hasError && !this.isDenied && !this.hasCards && this.arePeriodsLoaded;
  }

  get newest(): Date | undefined {
    const moments = this.everybody.flatMap(({ calculatedAt }) => calculatedAt?.getTime() ?? []);
    return moments.length === 0 ? undefined : new Date(Math.max(...moments));
  }

  get offlineWords(): string {
    const since = this.newest === undefined ? '' : ` Figures are from ${formatClock(this.newest)}.`;
    return `You are offline.${since}`;
  }

  handlePeriod(event: CustomEvent<{ value: string }>): void {
    this.chosenPeriod = event.detail.value;
    this.cardsById = new Map();
    this.everybody = [];
    this.unshown = [];
    this.changedSince = '';
    this.beginPages();
  }

  handleAnnounce(event: CustomEvent<{ text: string }>): void {
    this.status = event.detail.text;
  }

  handleOpen(event: CustomEvent<{ repId: string }>): void {
    this.openedId = event.detail.repId;
    this.dispatchEvent(new CustomEvent('open', { detail: event.detail }));
  }

  async handleRetry(): Promise<void> {
    this.status = 'Loading team';
    await this.readAgain();
  }

  /** Notes how a read went; whether it brought anything. */
  private accept(source: 'periods' | 'page' | 'changes', { data, errors, refresh }: GraphqlResult): boolean {
    if (refresh !== undefined) this.refreshes.set(source, refresh);
    if (data === undefined && errors === undefined) return false;
    this.isDenied = errors !== undefined && isTeamDenied(errors);
    this.hasError = errors !== undefined && !this.isDenied;
    this.alert = this.hasError ? 'Could not load the team.' : '';
    return errors === undefined;
  }

  private merge(cards: readonly TeamCard[]): void {
    if (cards.length === 0) return;
    for (const card of cards) this.cardsById.set(card.cardId, card);
    this.everybody = [...this.cardsById.values()].filter(({ repId }) => repId !== userId);
    for (const { modifiedAt } of cards) if (modifiedAt > this.changedSince) this.changedSince = modifiedAt;
  }

  /** The first page is shown at once, the others together, or before a fault is. */
  private showRead(): void {
    this.merge(this.unshown);
    this.unshown = [];
  }

  private beginPages(): void {
    this.isComplete = false;
    this.cursor = null;
  }

  private async readAgain(): Promise<void> {
    if (!this.arePeriodsLoaded) await this.refresh('periods');
    else await this.refresh(this.isComplete ? 'changes' : 'page');
  }

  /** A failed read reaches its wire as errors; what is thrown besides is the same fault to the manager. */
  private async refresh(source: 'periods' | 'page' | 'changes'): Promise<void> {
    try {
      await this.refreshes.get(source)?.();
    } catch {
      this.hasError = true;
    }
  }
}
