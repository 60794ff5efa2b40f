import { LightningElement, api } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from '../../browser/platform/refresh.ts';
import { readContact } from '../contactRecord.ts';
import type { ShownField } from '../contactRecord.ts';
import { errorText } from '../orgData.ts';

const HIGHLIGHTS: readonly string[] = ['Title', 'AccountId', 'Phone', 'Email'];

/** The head of a contact's page: who it is, and the fields one looks for first. */
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
    return this.fields.filter(({ name, text }) => HIGHLIGHTS.includes(name) && text !== '');
  }

  private async load() {
    try {
      const fields = await readContact(this.recordId ?? '');
      this.problemText =
        fields === undefined ? 'This record does not exist, or you may not see it.' : undefined;
      this.fields = fields ?? [];
    } catch (error) {
      this.problemText = `Could not load this record. ${errorText(error)}`;
    }
    this.dispatchEvent(
      new CustomEvent('pagetitle', { bubbles: true, composed: true, detail: `${this.name ?? ''} | Contact` }),
    );
  }
}
