import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlQuery, GraphqlResult } from 'lightning/graphql';
import { getListInfosByObjectName, getListRecordsByName } from 'lightning/uiListsApi';
import type { ListInfosResult, ListRecordsResult } from 'lightning/uiListsApi';
import readPeople from '@salesforce/apex/ReportPeople.readPeople';
import { LIST_MAXIMUM_PEOPLE } from 'c/callContract';
import {
  CAMPAIGNS_QUERY,
  campaignsIn,
  memberIdsIn,
  MEMBERS_QUERY,
  VISIBLE_QUERY,
  visibleIdsIn,
} from 'c/listRecords';
import type { ListSource } from 'c/listRecords';
import { readReports, reportTrouble } from './peopleReports.ts';

/** What a list is made of: a source, and its people as the user may see them. */
export interface ChosenPeople {
  readonly source: ListSource;
  readonly recordIds: readonly string[];
  /** Whether the source has more than could be read. */
  readonly isCutOff: boolean;
}

/** A list view, as it is asked for. */
interface ListView extends ListSource {
  readonly objectApiName: 'Contact' | 'Lead';
  readonly apiName: string;
}

/** More than a menu can hold. */
const MOST_VIEWS = 200;

/**
 * What to make a list of. Reads the people of the chosen campaign, list view or report as the user may see them.
 *
 * @fires start with `ChosenPeople`
 * @fires say with `{ text }`, what to announce
 */
export default class ListChooser extends LightningElement {
  /** While a list is being made. */
  @api isBusy = false;

  campaigns?: readonly ListSource[] | undefined;
  contactViews: readonly ListView[] = [];
  leadViews: readonly ListView[] = [];
  reports: readonly ListSource[] = [];
  sourceId?: string;
  notice?: string | undefined;
  hasError = false;
  /** The source whose people are being read. */
  private reading?: ListSource | undefined;
  private memberIds: readonly string[] = [];
  private refresh?: (() => Promise<void>) | undefined;

  override connectedCallback(): void {
    this.loadReports().catch(() => undefined);
  }

  @wire(graphql, { query: CAMPAIGNS_QUERY })
  receiveCampaigns({ data, errors, refresh }: GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    if (data === undefined && errors === undefined) return;
    this.hasError = errors !== undefined;
    if (errors === undefined) this.campaigns = campaignsIn(data);
    else this.say('Could not load the campaigns.');
  }

  /** Without list views or reports there are campaigns still: an error there is no reason to stop. */
  @wire(getListInfosByObjectName, { objectApiName: 'Contact', pageSize: MOST_VIEWS })
  receiveContactViews({ data }: ListInfosResult): void {
    if (data !== undefined) this.contactViews = viewsIn(data, 'Contact');
  }

  @wire(getListInfosByObjectName, { objectApiName: 'Lead', pageSize: MOST_VIEWS })
  receiveLeadViews({ data }: ListInfosResult): void {
    if (data !== undefined) this.leadViews = viewsIn(data, 'Lead');
  }

  @wire(getListRecordsByName, {
    objectApiName: '$viewObject',
    listViewApiName: '$viewName',
    fields: '$viewFields',
    pageSize: LIST_MAXIMUM_PEOPLE,
  })
  receiveViewRecords({ data, error }: ListRecordsResult): void {
    if (this.view === undefined) return;
    if (error !== undefined) this.giveUp('Could not read the list view. Try again.');
    if (data === undefined) return;
    const recordIds = data.records.map(({ id }) => id);
    if (recordIds.length === 0) this.giveUp('This list view shows nobody.');
    else this.begin(this.view, recordIds);
  }

  @wire(graphql, { query: '$membersQuery', variables: '$membersVariables' })
  receiveMembers({ data, errors }: GraphqlResult): void {
    if (this.reading === undefined || this.memberIds.length > 0) return;
    if (errors !== undefined) this.giveUp('Could not read the campaign. Try again.');
    if (data === undefined) return;
    const ids = memberIdsIn(data);
    if (ids.length === 0) this.giveUp('This campaign has no people. Add contacts or leads to it.');
    else this.memberIds = ids;
  }

  @wire(graphql, { query: '$visibleQuery', variables: '$visibleVariables' })
  receiveVisible({ data, errors }: GraphqlResult): void {
    if (this.reading === undefined || this.memberIds.length === 0) return;
    if (errors !== undefined) this.giveUp('Could not read the people of the campaign. Try again.');
    if (data === undefined) return;
    const recordIds = visibleIdsIn(data, this.memberIds);
    if (recordIds.length === 0)
      this.giveUp('You may see none of this campaign’s people. Ask your Salesforce admin.');
    else this.begin(this.reading, recordIds);
  }

  get membersQuery(): GraphqlQuery | undefined {
    return this.reading?.kind === 'campaign' ? MEMBERS_QUERY : undefined;
  }

  get membersVariables(): { campaignId: string } {
    return { campaignId: this.reading?.id ?? '' };
  }

  get visibleQuery(): GraphqlQuery | undefined {
    return this.memberIds.length === 0 ? undefined : VISIBLE_QUERY;
  }

  get visibleVariables(): { ids: readonly string[] } {
    return { ids: this.memberIds };
  }

  get viewObject(): string | undefined {
    return this.view?.objectApiName;
  }

  get viewName(): string | undefined {
    return this.view?.apiName;
  }

  get viewFields(): string[] {
    return this.view === undefined ? [] : [`${this.view.objectApiName}.Id`];
  }

  get sources(): ListSource[] {
    return [...(this.campaigns ?? []), ...this.contactViews, ...this.leadViews, ...this.reports];
  }

  get isEmpty(): boolean {
    return this.campaigns !== undefined && this.sources.length === 0;
  }

  get hasChoice(): boolean {
    return this.campaigns !== undefined && this.sources.length > 0;
  }

  get options(): { label: string; value: string }[] {
    return [
      ...(this.campaigns ?? []).map(({ id, label }) => ({ value: id, label: `Campaign: ${label}` })),
      ...this.contactViews.map(({ id, label }) => ({ value: id, label: `Contacts: ${label}` })),
      ...this.leadViews.map(({ id, label }) => ({ value: id, label: `Leads: ${label}` })),
      ...this.reports.map(({ id, label }) => ({ value: id, label: `Report: ${label}` })),
    ];
  }

  get isStarting(): boolean {
    return this.isBusy || this.reading !== undefined;
  }

  get cannotStart(): boolean {
    return this.isStarting || this.sourceId === undefined;
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    this.sourceId = event.detail.value;
    this.notice = undefined;
  }

  async handleStart(): Promise<void> {
    this.notice = undefined;
    this.reading = this.sources.find(({ id }) => id === this.sourceId);
    if (this.reading?.kind === 'report') await this.readReport(this.reading);
  }

  async handleRetry(): Promise<void> {
    await this.refresh?.();
  }

  private get view(): ListView | undefined {
    return [...this.contactViews, ...this.leadViews].find(({ id }) => id === this.reading?.id);
  }

  private async loadReports(): Promise<void> {
    this.reports = await readReports();
  }

  private async readReport(report: ListSource): Promise<void> {
    try {
      const { recordIds, isCutOff } = await readPeople({ reportId: report.id });
      if (recordIds.length > 0) this.begin(report, recordIds, isCutOff);
      else this.giveUp('This report names no contact or lead. Add the column Contact ID or Lead ID to it.');
    } catch (failure) {
      this.giveUp(reportTrouble(failure));
    }
  }

  private begin({ kind, id, label }: ListSource, recordIds: readonly string[], isCutOff = false): void {
    this.stopReading();
    const detail: ChosenPeople = { source: { kind, id, label }, recordIds, isCutOff };
    this.dispatchEvent(new CustomEvent('start', { detail }));
  }

  private giveUp(notice: string): void {
    this.stopReading();
    this.notice = notice;
    this.say(notice);
  }

  private stopReading(): void {
    this.reading = undefined;
    this.memberIds = [];
  }

  private say(text: string): void {
    this.dispatchEvent(new CustomEvent('say', { detail: { text } }));
  }
}

function viewsIn(
  { lists }: NonNullable<ListInfosResult['data']>,
  objectApiName: ListView['objectApiName'],
): ListView[] {
  return lists.map(({ id, apiName, label }) => ({ kind: 'listView', id, apiName, label, objectApiName }));
}
