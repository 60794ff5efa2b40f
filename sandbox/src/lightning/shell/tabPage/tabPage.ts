import { LightningElement, api } from 'lwc';
import { environment } from '../../browser/platform/environment.ts';

/** A tab of the app: the components its metadata names, below the tab's own heading. */
export default class TabPage extends LightningElement {
  private tabName = '';

  /** API name of the tab, e.g. `Scorecards`. */
  @api
  get name() {
    return this.tabName;
  }

  set name(value: string) {
    this.tabName = value;
    this.announceTitle();
  }

  connectedCallback() {
    this.announceTitle();
  }

  get tab() {
    return environment.user?.visibleTabs.includes(this.tabName) === true
      ? environment.app.tabs[this.tabName]
      : undefined;
  }

  get label() {
    return this.tab?.label ?? `You have no tab ${this.tabName}`;
  }

  get iconName() {
    return this.tab?.iconName;
  }

  get components() {
    return this.tab?.components ?? [];
  }

  private announceTitle() {
    this.dispatchEvent(new CustomEvent('pagetitle', { bubbles: true, composed: true, detail: this.label }));
  }
}
