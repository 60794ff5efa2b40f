/**
 * The part of LWC that the page's own code uses. The package's types name their files without endings, which Node's
 * module resolution does not follow, so that under it they are empty.
 */
declare module 'lwc' {
  export class LightningElement extends HTMLElement {
    readonly template: ShadowRoot & { readonly host: HTMLElement };
  }

  /** Makes a field, accessor or method public. */
  export function api(value: unknown, context: DecoratorContext): void;

  interface ContextConsumer<Context> {
    provide(context: Context): void;
  }

  /** Returns a function that makes an element the provider of an adapter's context for what is inside it. */
  export function createContextProvider<Context>(
    adapter: new (emit: (value: unknown) => void) => { update(config: object, context?: Context): void },
  ): (
    element: EventTarget,
    options: { consumerConnectedCallback(consumer: ContextConsumer<Partial<Context>>): void },
  ) => void;
}
