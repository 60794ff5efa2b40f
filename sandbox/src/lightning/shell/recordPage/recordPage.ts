import { LightningElement, api } from 'lwc';
import { environment } from '../../browser/platform/environment.ts';
import type { PlacedComponent } from '../../environmentTypes.ts';
import { registerRefreshContainer, unregisterRefreshContainer } from '../../browser/platform/refresh.ts';

/** A record's page as its flexipage lays it out: header, main column and sidebar. */
export default class RecordPage extends LightningElement {
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;
  private refreshContainer: symbol | undefined;

  connectedCallback() {
    this.refreshContainer = registerRefreshContainer(this.template.host);
  }

  disconnectedCallback() {
    if (this.refreshContainer !== undefined) {
      unregisterRefreshContainer(this.refreshContainer);
    }
  }

  get header() {
    return this.region('header');
  }

  get main() {
    return this.region('main');
  }

  get sidebar() {
    return this.region('sidebar');
  }

  get isUnknownObject() {
    return environment.app.recordPages[this.objectApiName ?? ''] === undefined;
  }

  /** Keyed by record, so that another record gets components of its own. */
  private region(name: string): readonly PlacedComponent[] {
    const components = environment.app.recordPages[this.objectApiName ?? '']?.[name] ?? [];
    return components.map((component) => ({ ...component, key: `${component.key} ${this.recordId}` }));
  }
}
