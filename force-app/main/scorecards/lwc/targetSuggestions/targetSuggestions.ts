import { LightningElement, api } from 'lwc';
import { METRICS, PERCENTILE_MINIMUM_PEERS } from 'c/callContract';
import type { ErrorName, MetricName, MetricUnit, SuggestedTarget } from 'c/callContract';
import { dayAfter, dayInUserZone, formatCount, formatDay, formatFigure } from 'c/figureFormat';
import { askRelay, RelayRefusal } from 'c/relayClient';
import type { Role, TeamCard } from 'c/teamRecords';
import { removeTargets, setTargets } from './targetRecords.ts';

/** What one request at a time can write without keeping the manager waiting. */
const MOST_PEOPLE = 200;
/** As fine as a target is read: whole calls and seconds, tenths of a percent and of a multiple. */
const DECIMALS: Readonly<Record<MetricUnit, number>> = {
  count: 0,
  seconds: 0,
  duration: 0,
  share: 3,
  times: 1,
  amountPerDay: 0,
  months: 1,
};

interface Row {
  readonly metric: MetricName;
  readonly label: string;
  readonly target: string;
  readonly people: string;
  readonly action: string;
  readonly actionLabel: string;
  readonly cannotAct: boolean;
  readonly isSet: boolean;
  readonly setWords: string;
  readonly failedWords?: string | undefined;
}

/** What was saved of a suggestion, and what was not. */
interface Taken {
  readonly targetIds: readonly string[];
  readonly failedWords?: string | undefined;
}

/**
 * Targets for the next quarter, from what the best fifth of a role reached in this one, which is over. Each is taken over
 * by one click for the people chosen, and can be taken back right after.
 *
 * @fires announce with `{ text }`
 */
export default class TargetSuggestions extends LightningElement {
  @api cards: readonly TeamCard[] = [];
  @api roles: readonly Role[] = [];

  isOpen = false;
  isLoading = false;
  isSaving = false;
  trouble?: ErrorName | undefined;
  roleId = '';
  repIds: readonly string[] = [];
  suggestions: readonly SuggestedTarget[] = [];
  taken: Readonly<Partial<Record<MetricName, Taken>>> = {};

  get isOver(): boolean {
    const endDay = this.cards[0]?.periodEnd ?? '';
    return endDay !== '' && endDay < dayInUserZone(new Date()) && this.roleOptions.length > 0;
  }

  get isClosed(): boolean {
    return !this.isOpen;
  }

  get headline(): string {
    return `Targets from ${formatDay(this.firstDay)}`;
  }

  get openLabel(): string {
    return `${this.headline}…`;
  }

  get explanation(): string {
    return `What the best fifth of the role reached in ${this.cards[0]?.periodLabel ?? ''} (80th percentile).`;
  }

  get roleOptions(): { label: string; value: string }[] {
    const names = new Map(this.roles.map(({ roleId, name }) => [roleId, name]));
    const ids = new Set(this.cards.flatMap(({ roleId }) => roleId ?? []));
    return [...ids]
      .map((value) => ({ value, label: names.get(value) ?? 'A role' }))
      .sort((left, right) => left.label.localeCompare(right.label));
  }

  get hasRoles(): boolean {
    return this.roleOptions.length > 1;
  }

  get people(): { label: string; value: string }[] {
    return this.roleCards.map(({ name, repId }) => ({ label: name, value: repId }));
  }

  get chosenPeople(): string[] {
    return [...this.repIds];
  }

  get isReady(): boolean {
    return !this.isLoading && this.trouble === undefined;
  }

  get hasRows(): boolean {
    return this.isReady && this.suggestions.length > 0;
  }

  get nothingWords(): string | undefined {
    return this.isReady && this.suggestions.length === 0
      ? `Nothing to suggest: it takes ${formatCount(PERCENTILE_MINIMUM_PEERS)} people of the role with figures.`
      : undefined;
  }

  get rows(): Row[] {
    return this.suggestions.map(({ metric, target, people }) => {
      const { label, unit } = METRICS[metric];
      const { targetIds = [], failedWords } = this.taken[metric] ?? {};
      const isSet = targetIds.length > 0;
      const action = isSet ? 'Undo' : 'Use';
      return {
        metric,
        label,
        target: formatFigure(unit, target),
        people: peopleWords(people),
        action,
        actionLabel: `${action} ${label}`,
        cannotAct: !isSet && this.repIds.length === 0,
        isSet,
        setWords: `Set for ${peopleWords(targetIds.length)}`,
        failedWords,
      };
    });
  }

  async handleOpen(): Promise<void> {
    this.isOpen = true;
    await this.chooseRole(this.roleOptions[0]?.value ?? '');
  }

  handleClose(): void {
    this.isOpen = false;
  }

  async handleRole(event: CustomEvent<{ value: string }>): Promise<void> {
    await this.chooseRole(event.detail.value);
  }

  async handleRetry(): Promise<void> {
    await this.load();
  }

  handlePeople(event: CustomEvent<{ value: string[] }>): void {
    this.repIds = event.detail.value;
  }

  /** Takes a suggestion over, or back. The button stays as it is meanwhile, and keeps the focus. */
  async handleTake(event: Event): Promise<void> {
    const { metric } = (event.currentTarget as HTMLElement).dataset;
    const suggestion = this.suggestions.find((each) => each.metric === metric);
    if (suggestion === undefined || this.isSaving) return;
    this.isSaving = true;
    const { targetIds = [] } = this.taken[suggestion.metric] ?? {};
    if (targetIds.length === 0) await this.use(suggestion);
    else await this.undo(suggestion, targetIds);
    this.isSaving = false;
  }

  private get firstDay(): string {
    const endDay = this.cards[0]?.periodEnd ?? '';
    return endDay === '' ? '' : dayAfter(endDay, 1);
  }

  private get roleCards(): TeamCard[] {
    return this.cards
      .filter(({ roleId }) => roleId === this.roleId)
      .sort((left, right) => left.name.localeCompare(right.name))
      .slice(0, MOST_PEOPLE);
  }

  private async use(suggestion: SuggestedTarget): Promise<void> {
    const { ids, failed } = await setTargets(suggestion, this.repIds, this.firstDay);
    this.keep(suggestion.metric, ids, failed === 0 ? undefined : `not saved for ${peopleWords(failed)}`);
  }

  private async undo({ metric }: SuggestedTarget, targetIds: readonly string[]): Promise<void> {
    const { ids, failed } = await removeTargets(targetIds);
    const left = targetIds.filter((id) => !ids.includes(id));
    this.keep(metric, left, failed === 0 ? undefined : `not taken back for ${peopleWords(failed)}`);
  }

  private async chooseRole(roleId: string): Promise<void> {
    this.roleId = roleId;
    this.repIds = this.roleCards.map(({ repId }) => repId);
    this.taken = {};
    this.suggestions = [];
    await this.load();
  }

  private async load(): Promise<void> {
    const { roleId } = this;
    this.isLoading = true;
    this.trouble = undefined;
    try {
      const path = `v1/suggested-targets/${roleId}/${this.cards[0]?.periodStart ?? ''}`;
      const { targets } = await askRelay<{ targets: readonly SuggestedTarget[] }>(path);
      // Another role was chosen meanwhile.
      if (roleId !== this.roleId) return;
      this.suggestions = targets.map(asRead);
      this.announce(this.nothingWords ?? `${formatCount(targets.length)} targets suggested`);
    } catch (failure) {
      this.trouble = failure instanceof RelayRefusal ? failure.errorName : 'unexpected';
      this.announce('Could not read what to suggest.');
    }
    this.isLoading = false;
  }

  private keep(metric: MetricName, targetIds: readonly string[], failure: string | undefined): void {
    const failedWords = failure === undefined ? undefined : `Salesforce has ${failure}. The others are done.`;
    this.taken = { ...this.taken, [metric]: { targetIds, failedWords } };
    const done = targetIds.length === 0 ? 'taken back' : `set for ${peopleWords(targetIds.length)}`;
    this.announce(`${METRICS[metric].label}: ${failure ?? done}`);
  }

  private announce(text: string): void {
    this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
  }
}

/** A suggestion as it is shown, so that what is saved is what was read. */
function asRead(suggestion: SuggestedTarget): SuggestedTarget {
  const decimals = DECIMALS[METRICS[suggestion.metric].unit];
  return { ...suggestion, target: Number(suggestion.target.toFixed(decimals)) };
}

function peopleWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'person' : 'people'}`;
}
