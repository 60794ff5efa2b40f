import { createElement } from 'lwc';
import type { LightningElement } from 'lwc';

export type Mounted<Properties> = HTMLElement & Properties & { readonly shadowRoot: ShadowRoot };

/** Puts a component with these properties on the page and waits until it is rendered. */
export async function mount<Properties extends object>(
  name: string,
  component: new () => LightningElement,
  properties: Properties,
): Promise<Mounted<Properties>> {
  const element = createElement(name, { is: component as never }) as unknown as Mounted<Properties>;
  Object.assign(element, properties);
  document.body.append(element);
  await rendered();
  return element;
}

/** Takes every component off the page, which ends its timers and subscriptions. */
export function unmountAll(): void {
  document.body.replaceChildren();
}

/** Waits until what was set has been rendered and settled promises have run; needs no clock. */
export async function rendered(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** The element a selector finds in a component; fails when there is none. */
export function find<Found extends HTMLElement = HTMLElement>(
  host: { readonly shadowRoot: ShadowRoot | null },
  selector: string,
): Found {
  const found = host.shadowRoot?.querySelector<Found>(selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}

export function findAll<Found extends HTMLElement = HTMLElement>(
  host: { readonly shadowRoot: ShadowRoot | null },
  selector: string,
): Found[] {
  return [...(host.shadowRoot?.querySelectorAll<Found>(selector) ?? [])];
}

/** The text in a component or in what a selector finds there, one space between pieces. */
export function textOf(host: { readonly shadowRoot: ShadowRoot | null }, selector?: string): string {
  const roots = selector === undefined ? [...(host.shadowRoot?.childNodes ?? [])] : findAll(host, selector);
  return roots.flatMap(textsIn).join(' ').replaceAll(/\s+/gu, ' ').trim();
}

function textsIn(node: Node): string[] {
  return node.nodeType === Node.TEXT_NODE ? [node.nodeValue ?? ''] : [...node.childNodes].flatMap(textsIn);
}

/** Gives what a wire adapter of the test platform provides to every component wired to it. */
export function emit(adapter: unknown, value: unknown): void {
  (adapter as { emit: (provided: unknown) => void }).emit(value);
}

/** The details of the events of this name, in order, as they arrive. */
export function detailsOf(element: HTMLElement, eventName: string): unknown[] {
  const details: unknown[] = [];
  element.addEventListener(eventName, (event) => details.push((event as CustomEvent).detail));
  return details;
}
