import { LightningElement } from 'lwc';
import { environment } from '../../browser/platform/environment.ts';

/** The dark bar at the top: whose org it is, who is signed in. */
export default class GlobalHeader extends LightningElement {
  get organizationName() {
    return environment.user?.organizationName;
  }

  get userName() {
    return environment.user?.name ?? '';
  }

  get userMenuLabel() {
    return `Signed in as ${this.userName}`;
  }

  handleSelect(event: CustomEvent<{ value: string }>) {
    if (event.detail.value === 'switchUser') {
      environment.signOut();
    }
    // In a tab of their own: the phone lives in this one.
    if (event.detail.value === 'faults') window.open('/sandbox/faults/page', '_blank', 'noopener');
    if (event.detail.value === 'callers') window.open('/sandbox/switch/page', '_blank', 'noopener');
  }
}
