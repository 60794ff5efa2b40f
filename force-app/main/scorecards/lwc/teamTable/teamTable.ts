import { LightningElement, api } from 'lwc';
import { formatCount } from 'c/figureFormat';
import type { TeamCard } from 'c/teamRecords';
import { groupsOf, inOrder } from './teamRows.ts';
import type { SortKey, TeamGroup } from './teamRows.ts';

/** Rows on the page at once: a thousand people stay quick to scroll. */
const ROWS_PER_PAGE = 50;

const COLUMNS: readonly { readonly key: SortKey; readonly label: string; readonly spoken: string }[] = [
  { key: 'name', label: 'Rep', spoken: 'name' },
  { key: 'score', label: 'Score, likely range', spoken: 'score' },
  { key: 'quota', label: 'Quota', spoken: 'quota' },
  { key: 'change', label: 'Change', spoken: 'change' },
];

interface SortButton {
  readonly label: string;
  readonly ariaSort: 'ascending' | 'descending' | 'none';
  readonly isSorted: boolean;
}

/**
 * The people of a team: three groups by what their scores can tell, by name within each; or one list by a column.
 *
 * @fires open with `{ repId, name }`
 * @fires drive with `{ repId }`
 * @fires announce with `{ text }`
 */
export default class TeamTable extends LightningElement {
  @api cards: readonly TeamCard[] = [];
  /** Whether the user may start improvement drives. */
  @api canDrive = false;
  sortKey: SortKey = 'standing';
  pageIndex = 0;
  isPrinting = false;
  private handlePrint = (event: Event) => {
    this.isPrinting = event.type === 'beforeprint';
  };

  override connectedCallback(): void {
    window.addEventListener('beforeprint', this.handlePrint);
    window.addEventListener('afterprint', this.handlePrint);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('beforeprint', this.handlePrint);
    window.removeEventListener('afterprint', this.handlePrint);
  }

  /** Puts the focus back on a rep, whose card was open. */
  @api focusRep(repId: string): void {
    const index = this.ordered.findIndex((card) => card.repId === repId);
    if (index >= 0) this.pageIndex = Math.floor(index / ROWS_PER_PAGE);
    Promise.resolve()
      .then(() => this.template?.querySelector<HTMLElement>(`button[data-rep="${repId}"]`)?.focus())
      .catch(() => undefined);
  }

  get ordered(): TeamCard[] {
    return inOrder(this.cards, this.sortKey);
  }

  get groups(): TeamGroup[] {
    const ordered = this.ordered;
    const page = this.isPrinting ? ordered : ordered.slice(this.firstIndex, this.firstIndex + ROWS_PER_PAGE);
    return groupsOf(page, this.cards, this.sortKey);
  }

  get isGrouped(): boolean {
    return this.sortKey === 'standing';
  }

  get orderNote(): string {
    return this.isGrouped
      ? 'Inside a group the order is alphabetical, not a ranking.'
      : 'Neighbours may be equal.';
  }

  get buttons(): Readonly<Record<string, SortButton>> {
    return Object.fromEntries(COLUMNS.map(({ key, label }) => [key, { label, ...this.sortStateOf(key) }]));
  }

  get rowCount(): number {
    return this.cards.length;
  }

  get hasPages(): boolean {
    return this.cards.length > ROWS_PER_PAGE;
  }

  get pageWords(): string {
    const last = Math.min(this.firstIndex + ROWS_PER_PAGE, this.cards.length);
    return `${formatCount(this.firstIndex + 1)} to ${formatCount(last)} of ${formatCount(this.cards.length)}`;
  }

  get isFirstPage(): boolean {
    return this.firstIndex === 0;
  }

  get isLastPage(): boolean {
    return this.firstIndex + ROWS_PER_PAGE >= this.cards.length;
  }

  handleSort(event: Event): void {
    const key = (event.currentTarget as HTMLElement).dataset.key as SortKey;
    this.sortKey = this.sortKey === key ? 'standing' : key;
    this.pageIndex = 0;
    const by = COLUMNS.find((column) => column.key === this.sortKey)?.spoken ?? 'group';
    this.announce(`${formatCount(this.cards.length)} reps, sorted by ${by}`);
  }

  handlePrevious(): void {
    this.turnTo(this.pageIndex - 1);
  }

  handleNext(): void {
    this.turnTo(this.pageIndex + 1);
  }

  handleOpen(event: Event): void {
    const { rep, name } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('open', { detail: { repId: rep, name } }));
  }

  handleMenu(event: CustomEvent<{ value: string }>): void {
    const { rep, name } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent(event.detail.value, { detail: { repId: rep, name } }));
  }

  /** The cards may have become fewer under a page. */
  private get firstIndex(): number {
    const lastPage = Math.max(Math.ceil(this.cards.length / ROWS_PER_PAGE) - 1, 0);
    return Math.min(this.pageIndex, lastPage) * ROWS_PER_PAGE;
  }

  private sortStateOf(key: SortKey) {
    const isSorted = this.sortKey === key;
    const order = key === 'name' ? ('ascending' as const) : ('descending' as const);
    return { isSorted, ariaSort: isSorted ? order : ('none' as const) };
  }

  private turnTo(pageIndex: number): void {
    this.pageIndex = pageIndex;
    this.announce(this.pageWords);
    this.template?.querySelector<HTMLElement>('.top')?.scrollIntoView({ block: 'nearest' });
  }

  private announce(text: string): void {
    this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
  }
}
