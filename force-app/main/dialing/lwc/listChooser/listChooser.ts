import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlQuery, GraphqlResult } from 'lightning/graphql';
import {
  CAMPAIGNS_QUERY,
  campaignsIn,
  memberIdsIn,
  MEMBERS_QUERY,
  VISIBLE_QUERY,
  visibleIdsIn,
} from 'c/listRecords';
import type { ListSource } from 'c/listRecords';

/** What a list is made of: a source, and its people as the user may see them. */
export interface ChosenPeople {
  readonly source: ListSource;
  readonly recordIds: readonly string[];
}

/**
 * What to make a list of. Reads the people of the chosen campaign as the user may see them.
 *
 * @fires start with `ChosenPeople`
 * @fires say with `{ text }`, what to announce
 */
export default class ListChooser extends LightningElement {
  /** While a list is being made. */
  @api isBusy = false;

  sources?: readonly ListSource[] | undefined;
  sourceId?: string;
  notice?: string | undefined;
  hasError = false;
  /** The source whose people are being read. */
  private reading?: ListSource | undefined;
  private memberIds: readonly string[] = [];
  private refresh?: (() => Promise<void>) | undefined;

  @wire(graphql, { query: CAMPAIGNS_QUERY })
  receiveCampaigns({ data, errors, refresh }: GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    if (data === undefined && errors === undefined) return;
    this.hasError = errors !== undefined;
    if (errors === undefined) this.sources = campaignsIn(data);
    else this.say('Could not load the campaigns.');
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
    const detail: ChosenPeople = {
      source: this.reading,
      recordIds: visibleIdsIn(data, this.memberIds),
    };
    if (detail.recordIds.length === 0) {
      this.giveUp('You may see none of this campaign’s people. Ask your Salesforce admin.');
      return;
    }
    this.stopReading();
    this.dispatchEvent(new CustomEvent('start', { detail }));
  }

  get membersQuery(): GraphqlQuery | undefined {
    return this.reading && MEMBERS_QUERY;
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

  get isEmpty(): boolean {
    return this.sources?.length === 0;
  }

  get hasChoice(): boolean {
    return (this.sources?.length ?? 0) > 0;
  }

  get options(): { label: string; value: string }[] {
    return (this.sources ?? []).map(({ id, label }) => ({ value: id, label }));
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

  handleStart(): void {
    this.notice = undefined;
    this.reading = this.sources?.find(({ id }) => id === this.sourceId);
  }

  async handleRetry(): Promise<void> {
    await this.refresh?.();
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
