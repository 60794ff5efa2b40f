import { LightningElement, api } from 'lwc';
import { formatClock, formatCount } from 'c/figureFormat';
import { boardCsv } from 'c/teamFigures';
import { teamsOf } from 'c/teamRecords';
import type { CardPeriod, Role, Team, TeamCard } from 'c/teamRecords';

const EVERYBODY = '';

/**
 * The people of one period, by team along the role hierarchy: what they come to, who needs the manager, each of them,
 * and all teams.
 *
 * @fires period with `{ value }`, the first day of the period to show
 * @fires open with `{ repId, name }`
 * @fires announce with `{ text }`
 */
export default class TeamView extends LightningElement {
  @api
  get cards(): readonly TeamCard[] {
    return this.givenCards;
  }
  set cards(cards: readonly TeamCard[]) {
    this.givenCards = cards;
    this.arrange();
  }
  @api
  get roles(): readonly Role[] {
    return this.givenRoles;
  }
  set roles(roles: readonly Role[]) {
    this.givenRoles = roles;
    this.arrange();
  }
  @api periods: readonly CardPeriod[] = [];
  /** The first day of the period that is shown. */
  @api period = '';
  chosenTeam = EVERYBODY;
  /** Worked out once a change: the page asks for them many times, and a company has a thousand cards. */
  teams: readonly Team[] = [];
  shownCards: readonly TeamCard[] = [];
  isStartingDrive = false;
  driveRepId = '';
  private givenCards: readonly TeamCard[] = [];
  private givenRoles: readonly Role[] = [];

  @api focusRep(repId: string): void {
    const table = this.template?.querySelector<HTMLElement & { focusRep(id: string): void }>('c-team-table');
    table?.focusRep(repId);
  }

  get hasTeams(): boolean {
    return this.teams.length > 1;
  }

  get teamName(): string {
    return this.team?.name ?? 'Team';
  }

  get teamOptions(): { label: string; value: string }[] {
    const teams = this.teams.map(({ key, name, depth }) => ({
      label: `${'– '.repeat(depth)}${name}`,
      value: key,
    }));
    return [{ label: 'Everybody', value: EVERYBODY }, ...teams];
  }

  get periodOptions(): { label: string; value: string }[] {
    return this.periods.map(({ label, startDay }) => ({ label, value: startDay }));
  }

  get basisWords(): string {
    const basis = this.cards.every(({ isVerified }) => isVerified)
      ? 'Scores use verified calls only.'
      : 'Where no switch or carrier reports, a score is the phone’s own figure and is not ranked.';
    const moments = this.cards.flatMap(({ calculatedAt }) => calculatedAt?.getTime() ?? []);
    return moments.length === 0
      ? basis
      : `${basis} Newest figures ${formatClock(new Date(Math.max(...moments)))}.`;
  }

  handlePeriod(event: CustomEvent<{ value: string }>): void {
    this.dispatchEvent(new CustomEvent('period', { detail: { value: event.detail.value } }));
  }

  handleTeam(event: CustomEvent<{ value: string }>): void {
    this.chosenTeam = event.detail.value;
    this.arrange();
    this.announce(`${this.teamName}, ${formatCount(this.shownCards.length)} people`);
  }

  handleOpen(event: CustomEvent<object>): void {
    this.dispatchEvent(new CustomEvent('open', { detail: event.detail }));
  }

  handleAnnounce(event: CustomEvent<{ text: string }>): void {
    this.announce(event.detail.text);
  }

  /** From a row's menu for that rep, from the button for nobody yet. */
  handleDrive(event: CustomEvent<{ repId?: string } | null>): void {
    this.driveRepId = event.detail?.repId ?? '';
    this.isStartingDrive = true;
    this.announce('Start a drive');
  }

  handleDriveCancel(): void {
    this.isStartingDrive = false;
  }

  async handleDriveStarted(event: CustomEvent<{ text: string }>): Promise<void> {
    this.isStartingDrive = false;
    this.announce(event.detail.text);
    const list = this.template?.querySelector<HTMLElement & { readAgain(): Promise<void> }>('c-drive-list');
    await list?.readAgain();
  }

  handleExport(): void {
    const link = document.createElement('a');
    // A data address: Lightning Web Security refuses object URLs of this type.
    link.href = `data:text/csv;charset=utf-8,${encodeURIComponent(boardCsv(this.shownCards))}`;
    link.download = `team-${this.period}.csv`;
    link.click();
    this.announce(`${formatCount(this.shownCards.length)} rows exported`);
  }

  handlePrint(): void {
    window.print();
  }

  private arrange(): void {
    this.teams = teamsOf(this.givenCards, this.givenRoles);
    const { team } = this;
    this.shownCards =
      team === undefined ? this.givenCards : this.givenCards.filter(({ repId }) => team.repIds.has(repId));
  }

  private get team(): Team | undefined {
    return this.teams.find(({ key }) => key === this.chosenTeam);
  }

  private announce(text: string): void {
    this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
  }
}
