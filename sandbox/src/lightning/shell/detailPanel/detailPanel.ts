import { LightningElement, api } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from '../../browser/platform/refresh.ts';
import { readRecord } from '../recordFields.ts';
import type { ShownField } from '../recordFields.ts';
import { errorText } from '../orgData.ts';

/** The fields of a record that the user may see. */
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
      this.fields = (await readRecord(this.objectApiName ?? '', this.recordId ?? '')) ?? [];
      this.problemText = undefined;
    } catch (error) {
      this.problemText = `Could not load the details. ${errorText(error)}`;
    }
  }
}
