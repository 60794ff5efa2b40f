import { LightningElement, api } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from '../../browser/platform/refresh.ts';
import { readContact } from '../contactRecord.ts';
import type { ShownField } from '../contactRecord.ts';
import { errorText } from '../orgData.ts';

/** All fields of a contact that the user may see. */
export default class DetailPanel extends LightningElement {
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

  private async load() {
    try {
      this.fields = (await readContact(this.recordId ?? '')) ?? [];
      this.problemText = undefined;
    } catch (error) {
      this.problemText = `Could not load the details. ${errorText(error)}`;
    }
  }
}
