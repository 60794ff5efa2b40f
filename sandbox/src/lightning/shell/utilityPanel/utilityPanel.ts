import { LightningElement, api } from 'lwc';
import type { UtilityItem } from '../../environmentTypes.ts';
import { provideUtilityId } from '../../browser/platform/platformUtilityBarApi.ts';
import { utilityClicks } from '../../browser/platform/utilities.ts';
import type { UtilityState } from '../../browser/platform/utilities.ts';

/** One utility's panel. Its component is made when the page loads if it is eager, else when it is first opened. */
export default class UtilityPanel extends LightningElement {
  @api placement: UtilityItem | undefined;
  private wasOpened = false;
  private current: UtilityState | undefined;
  private readonly handleFocusWish = (event: Event) => {
    if ((event as CustomEvent<string>).detail === this.current?.id) {
      // eslint-disable-next-line @lwc/lwc/no-async-operation -- drawn first: what is hidden can't take the focus
      requestAnimationFrame(() => this.template.querySelector<HTMLElement>('.panel')?.focus());
    }
  };

  constructor() {
    super();
    provideUtilityId(this.template.host, {
      consumerConnectedCallback: (consumer) => {
        consumer.provide({ value: this.current?.id });
      },
    });
  }

  @api
  get state() {
    return this.current;
  }

  set state(value: UtilityState | undefined) {
    this.current = value;
    this.wasOpened ||= value?.open === true;
  }

  connectedCallback() {
    utilityClicks.addEventListener('focuspanel', this.handleFocusWish);
  }

  disconnectedCallback() {
    utilityClicks.removeEventListener('focuspanel', this.handleFocusWish);
  }

  get isMade() {
    return this.placement?.eager === true || this.wasOpened;
  }

  get panelClass() {
    return `slds-utility-panel slds-grid slds-grid_vertical panel${this.current?.open === true ? ' slds-is-open' : ''}`;
  }

  get panelStyle() {
    const { widthPixels = 0, heightPixels = 0 } = this.current ?? {};
    return `--panel-width: ${widthPixels}px; --panel-height: ${heightPixels}px`;
  }

  get minimizeText() {
    return `Minimize ${this.current?.panelLabel ?? ''}`;
  }

  handleMinimize() {
    this.dispatchEvent(new CustomEvent('minimize', { detail: this.current?.id }));
  }
}
