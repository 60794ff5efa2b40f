import type { LightningElement } from 'lwc';
import type { PageReference } from './pageReference.ts';
import { router } from './router.ts';

type ElementClass = new () => LightningElement;
type PartialReference = Pick<PageReference, 'type'> & Partial<PageReference>;

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

function complete(reference: PartialReference): PageReference {
  return { attributes: {}, state: {}, ...reference };
}

/** Shows a page; `replace` leaves the present one out of the history. */
export function navigate(_context: unknown, reference: PartialReference, replace = false): void {
  router.go(complete(reference), replace);
}

/** The address of a page, or an empty text where Lightning has none. */
export function generateUrl(_context: unknown, reference: PartialReference): Promise<string> {
  return Promise.resolve(router.address(complete(reference)) ?? '');
}

/** Adds `[NavigationMixin.Navigate]` and `[NavigationMixin.GenerateUrl]` to a component. */
function addNavigation(Base: ElementClass) {
  return class extends Base {
    [Navigate](reference: PartialReference, replace = false) {
      navigate(undefined, reference, replace);
    }

    [GenerateUrl](reference: PartialReference) {
      return generateUrl(undefined, reference);
    }
  };
}

export const NavigationMixin = Object.assign(addNavigation, { Navigate, GenerateUrl });

/** Wire adapter whose value is the page that is shown. */
export class CurrentPageReference {
  private readonly emit: (value: PageReference) => void;
  private unsubscribe: (() => void) | undefined;

  constructor(emit: (value: PageReference | undefined) => void) {
    this.emit = emit;
    emit(undefined);
  }

  connect(): void {
    this.unsubscribe = router.subscribe(this.emit);
  }

  update(): void {
    // There is nothing to configure.
  }

  disconnect(): void {
    this.unsubscribe?.();
  }
}

/** Wire adapter whose value is what `navigate` and `generateUrl` take as their context. */
export class NavigationContext {
  constructor(emit: (value: object) => void) {
    emit(Object.freeze({}));
  }

  connect(): void {
    // The context never changes.
  }

  update(): void {
    // There is nothing to configure.
  }

  disconnect(): void {
    // Nothing is held.
  }
}
