import { LightningElement, api } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from '../../browser/platform/refresh.ts';
import { readRecord } from '../recordFields.ts';
import type { ShownField } from '../recordFields.ts';
import { errorText } from '../orgData.ts';

/** By the record's object. */
const HIGHLIGHTS: Readonly<Record<string, readonly string[]>> = {
  Account: ['Type', 'Phone', 'Website', 'Industry'],
  Contact: ['Title', 'AccountId', 'Phone', 'Email'],
  Lead: ['Title', 'Company', 'Phone', 'Email'],
  Opportunity: ['AccountId', 'CloseDate', 'Amount', 'StageName'],
};

/** The head of a record's page: what it is, and the fields one looks for first. */
export default class HighlightsPanel extends LightningElement {
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;
  fields: readonly ShownField[] = [];
  problemText: string | undefined;
  private refreshHandler: symbol | undefined;

  async connectedCallback() {
    this.refreshHandler = registerRefreshHandler(this, () => this.load());
    await this.load();
  }

  disconnectedCallback() {
    if (this.refreshHandler !== undefined) {
      unregisterRefreshHandler(this.refreshHandler);
    }
  }

  get name() {
    return this.fields.find(({ name }) => name === 'Name')?.text ?? this.problemText;
  }

  get highlights() {
    const wanted = HIGHLIGHTS[this.objectApiName ?? ''] ?? [];
    return this.fields.filter(({ name, text }) => wanted.includes(name) && text !== '');
  }

  get iconName() {
    return `standard:${(this.objectApiName ?? 'record').toLowerCase()}`;
  }

  private async load() {
    try {
      const fields = await readRecord(this.objectApiName ?? '', this.recordId ?? '');
      this.problemText =
        fields === undefined ? 'This record does not exist, or you may not see it.' : undefined;
      this.fields = fields ?? [];
    } catch (error) {
      this.problemText = `Could not load this record. ${errorText(error)}`;
    }
    this.dispatchEvent(
      new CustomEvent('pagetitle', {
        bubbles: true,
        composed: true,
        detail: `${this.name ?? ''} | ${this.objectApiName ?? 'Record'}`,
      }),
    );
  }
}
