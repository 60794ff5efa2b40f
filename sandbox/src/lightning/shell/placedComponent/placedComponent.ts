import { LightningElement, api } from 'lwc';
import { environment } from '../../browser/platform/environment.ts';
import type { PlacedComponent as Placement } from '../../environmentTypes.ts';
import ActivityPanel from '../activityPanel/activityPanel.ts';
import DetailPanel from '../detailPanel/detailPanel.ts';
import HighlightsPanel from '../highlightsPanel/highlightsPanel.ts';
import { errorText } from '../orgData.ts';

/** Lightning's own components that flexipages name, and what stands for them on the local page. */
const STANDARD_COMPONENTS: Readonly<Record<string, unknown>> = {
  'force:highlightsPanel': HighlightsPanel,
  'force:detailPanel': DetailPanel,
  'runtime_sales_activities:activityPanel': ActivityPanel,
};

/** A component where a flexipage placed it. One that fails leaves the rest of the page standing. */
export default class PlacedComponent extends LightningElement {
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;
  failureText: string | undefined;
  componentClass: unknown;
  private current: Placement | undefined;

  @api
  get placement() {
    return this.current;
  }

  set placement(value: Placement | undefined) {
    this.current = value;
    this.componentClass = undefined;
    this.failureText = undefined;
    try {
      this.componentClass = this.findClass();
    } catch (error) {
      this.failureText = errorText(error);
    }
  }

  get componentName() {
    return this.current?.componentName ?? '';
  }

  private findClass(): unknown {
    const name = this.componentName;
    // Standard components that the local page lacks are left out.
    return name.includes(':') ? STANDARD_COMPONENTS[name] : environment.componentClass(name);
  }

  get properties() {
    return {
      ...this.current?.properties,
      ...(this.recordId === undefined ? {} : { recordId: this.recordId, objectApiName: this.objectApiName }),
    };
  }

  errorCallback(error: unknown) {
    this.failureText = errorText(error);
    // Shown to developers as well, with its stack.
    reportError(error);
  }
}
