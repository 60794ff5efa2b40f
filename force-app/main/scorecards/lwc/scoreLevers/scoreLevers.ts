import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import type { Lever } from 'c/callContract';
import { at, nodesOf, textOf } from 'c/scorecardRecords';
import { gainWords, leverWords } from 'c/scorecardWords';

const MOST_LEVERS = 3;

/** The relay keeps no names: the org tells them to who may see them. */
const DEALS_QUERY = gql`
  query leverDeals($ids: [ID]) {
    uiapi {
      query {
        Opportunity(first: 3, where: { Id: { in: $ids } }) {
          edges {
            node {
              Id
              Name @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface Row {
  readonly key: string;
  readonly index: string;
  readonly text: string;
  readonly gain: string;
  readonly action: string | undefined;
  readonly spokenAction: string;
}

const ACTIONS: Readonly<Record<Lever['kind'], string>> = {
  opportunity: 'Open deal',
  count: 'Start list',
  commitments: 'Open tasks',
};

const PAGES = {
  count: { type: 'standard__navItemPage', attributes: { apiName: 'Power_List' } },
  commitments: { type: 'standard__objectPage', attributes: { objectApiName: 'Task', actionName: 'home' } },
} as const;

/** What would move a score most: at most three doable things, each with its gain and the way to it. */
export default class ScoreLevers extends NavigationMixin(LightningElement) {
  @api levers: readonly Lever[] = [];
  /** Whether it is the user's own card: nobody else starts a list or does the tasks. */
  @api isOwn = false;
  private names: Readonly<Record<string, string>> = {};

  /** Without an answer a deal has no name, which the words allow for. */
  @wire(graphql, { query: '$query', variables: '$variables' })
  receiveDeals({ data }: GraphqlResult): void {
    const deals = nodesOf(at(data, 'uiapi', 'query', 'Opportunity'));
    this.names = Object.fromEntries(
      deals.flatMap((deal) => {
        const id = at(deal, 'Id');
        const name = textOf(deal, 'Name');
        return typeof id === 'string' && name !== undefined ? [[id, name]] : [];
      }),
    );
  }

  /** Undefined while no deal is among them: the wire then waits. */
  get query() {
    return this.variables.ids.length === 0 ? undefined : DEALS_QUERY;
  }

  get variables(): { ids: string[] } {
    return { ids: this.shown.flatMap(({ recordId }) => (recordId === undefined ? [] : [recordId])) };
  }

  get hasRows(): boolean {
    return this.shown.length > 0;
  }

  get rows(): Row[] {
    return this.shown.map((lever, index) => {
      const { kind, metric, recordId = '' } = lever;
      const action = kind === 'opportunity' || this.isOwn ? ACTIONS[kind] : undefined;
      const text = leverWords(lever, this.names[recordId]);
      return {
        key: `${kind} ${metric} ${recordId}`,
        index: String(index),
        text,
        gain: gainWords(lever),
        action,
        spokenAction: `${action}: ${text}`,
      };
    });
  }

  handleAction(event: Event): void {
    const lever = this.shown[Number((event.currentTarget as HTMLElement).dataset.index)];
    if (lever === undefined) return;
    const { kind, recordId = '' } = lever;
    const page =
      kind === 'opportunity'
        ? {
            type: 'standard__recordPage',
            attributes: { recordId, objectApiName: 'Opportunity', actionName: 'view' },
          }
        : PAGES[kind];
    this[NavigationMixin.Navigate](page);
  }

  private get shown(): readonly Lever[] {
    return this.levers.slice(0, MOST_LEVERS);
  }
}
