import { LightningElement } from 'lwc';
import { environment } from '../../browser/platform/environment.ts';
import type { PageReference } from '../../browser/platform/pageReference.ts';
import { router } from '../../browser/platform/router.ts';
import { navigationItemPage } from '../navigationItemPage.ts';

/** The whole page: who you are first, then header, navigation, the page that is shown, utility bar and toasts. */
export default class App extends LightningElement {
  reference: PageReference | undefined;
  private unsubscribe: (() => void) | undefined;

  connectedCallback() {
    if (this.isSignedIn) {
      this.unsubscribe = router.subscribe((reference) => this.show(reference));
    }
  }

  disconnectedCallback() {
    this.unsubscribe?.();
  }

  get isSignedIn() {
    return environment.session !== undefined;
  }

  get isContactList() {
    return (
      this.reference?.type === 'standard__objectPage' && this.reference.attributes.objectApiName === 'Contact'
    );
  }

  get isRecordPage() {
    return this.reference?.type === 'standard__recordPage';
  }

  get isTabPage() {
    return this.reference?.type === 'standard__navItemPage';
  }

  get isUnknownPage() {
    return !this.isContactList && !this.isRecordPage && !this.isTabPage;
  }

  get recordId() {
    return this.reference?.attributes.recordId;
  }

  get objectApiName() {
    return this.reference?.attributes.objectApiName;
  }

  get tabName() {
    return this.reference?.attributes.apiName;
  }

  handleTitle(event: CustomEvent<string>) {
    document.title = `${event.detail} | ${environment.app.label}`;
  }

  handleSkip(event: Event) {
    event.preventDefault();
    this.focusMain();
  }

  private show(reference: PageReference) {
    const first = environment.app.navigationItems[0];
    if (reference.type === 'standard__namedPage' && first !== undefined) {
      router.go(navigationItemPage(first.path), true);
      return;
    }
    const isNavigation = this.reference !== undefined;
    this.reference = reference;
    if (isNavigation) {
      window.scrollTo(0, 0);
      // The link that was followed is gone: reading goes on at the new page, not at the top of the document.
      this.focusMain();
    }
  }

  private focusMain() {
    this.template.querySelector<HTMLElement>('main')?.focus();
  }
}
