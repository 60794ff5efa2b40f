import { LightningElement, api } from 'lwc';
import { environment } from '../../browser/platform/environment.ts';
import type { PageReference } from '../../browser/platform/pageReference.ts';
import { router } from '../../browser/platform/router.ts';
import { navigationItemPage } from '../navigationItemPage.ts';

interface ShownItem {
  readonly name: string;
  readonly label: string;
  readonly address: string;
  readonly itemClass: string;
  readonly current: 'page' | undefined;
  readonly isCurrent: boolean;
  readonly page: PageReference;
}

/** A record belongs to the item of its object. */
function belongsTo(reference: PageReference | undefined, page: PageReference): boolean {
  return page.type === 'standard__objectPage'
    ? reference?.attributes.objectApiName === page.attributes.objectApiName
    : reference?.attributes.apiName === page.attributes.apiName;
}

/** A custom tab is seen by those whose permission sets say so. */
function isVisible(path: string): boolean {
  const [kind, name = ''] = path.split('/');
  return kind !== 'n' || environment.user?.visibleTabs.includes(name) === true;
}

/** The app's navigation bar; in a narrow window its items are in a menu. */
export default class AppNavigation extends LightningElement {
  /** The page that is shown. */
  @api reference: PageReference | undefined;

  get appLabel() {
    return environment.app.label;
  }

  get navigationLabel() {
    return `${environment.app.label} pages`;
  }

  get items(): ShownItem[] {
    return environment.app.navigationItems
      .filter(({ path }) => isVisible(path))
      .map(({ path, label }) => {
        const page = navigationItemPage(path);
        const isCurrent = belongsTo(this.reference, page);
        return {
          name: path,
          label,
          page,
          isCurrent,
          address: router.address(page) ?? '',
          itemClass: `slds-context-bar__item${isCurrent ? ' slds-is-active' : ''}`,
          current: isCurrent ? 'page' : undefined,
        };
      });
  }

  get currentLabel() {
    return this.items.find(({ isCurrent }) => isCurrent)?.label ?? 'Pages';
  }

  handleClick(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      // The browser opens it in a tab or window of its own.
      return;
    }
    event.preventDefault();
    this.open((event.currentTarget as HTMLElement).dataset.name);
  }

  handleSelect(event: CustomEvent<{ value: string }>) {
    this.open(event.detail.value);
  }

  private open(name: string | undefined) {
    const item = this.items.find((candidate) => candidate.name === name);
    if (item !== undefined) {
      router.go(item.page);
    }
  }
}
