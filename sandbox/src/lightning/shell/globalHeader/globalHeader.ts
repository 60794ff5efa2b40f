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
    if (event.detail.value === 'faults') {
      // In a tab of its own: the phone lives in this one.
      window.open('/sandbox/faults/page', '_blank', 'noopener');
    }
  }
}
