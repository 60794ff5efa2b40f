import { LightningElement } from 'lwc';
import { environment } from '../../browser/platform/environment.ts';
import { utilities, utilityClicks } from '../../browser/platform/utilities.ts';
import type { UtilityState } from '../../browser/platform/utilities.ts';

/** The bar at the bottom. Its panels stay in the page, open or not, through every navigation. */
export default class UtilityBar extends LightningElement {
  states: readonly UtilityState[] = [];
  private unsubscribe: (() => void) | undefined;

  connectedCallback() {
    for (const { key, label, iconName, widthPixels, heightPixels } of environment.app.utilityItems) {
      if (!utilities.all.some(({ id }) => id === key)) {
        utilities.add({ id: key, label, iconName, widthPixels, heightPixels });
      }
    }
    this.unsubscribe = utilities.subscribe((states) => {
      this.states = states;
    });
  }

  disconnectedCallback() {
    this.unsubscribe?.();
  }

  get items() {
    return this.states.map((state) => ({
      ...state,
      placement: environment.app.utilityItems.find(({ key }) => key === state.id),
      itemClass: `slds-utility-bar__item${state.highlighted ? ' slds-utility-bar__item_pinned highlighted' : ''}`,
      buttonClass: `slds-button slds-utility-bar__action${state.open ? ' slds-is-active' : ''}`,
    }));
  }

  handleClick(event: Event) {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    const state = this.states.find((candidate) => candidate.id === id);
    if (state === undefined) {
      return;
    }
    if (state.open) {
      utilities.change(state.id, { open: false });
    } else {
      utilities.open(state.id);
      utilityClicks.dispatchEvent(new CustomEvent('focuspanel', { detail: state.id }));
    }
    utilityClicks.dispatchEvent(new CustomEvent(`click ${state.id}`));
  }

  handleMinimize(event: CustomEvent<string>) {
    utilities.change(event.detail, { open: false });
    this.template.querySelector<HTMLElement>(`button[data-id="${event.detail}"]`)?.focus();
  }
}
