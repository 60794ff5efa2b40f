import type { ComponentName, Components } from './components.ts';
import type { Interval } from './wilsonInterval.ts';

/** The values of components, as far as they are known. */
export type ComponentValues = Readonly<Partial<Record<ComponentName, number>>>;

export function valuesOf(components: Components): ComponentValues {
  return Object.fromEntries(Object.entries(components).map(([name, { value }]) => [name, value]));
}

/**
 * The 95 % range of a figure that is made of components whose errors are independent: each is moved to the ends of its own
 * range while the others stay, and the moves add up as squares (the method of variance estimates recovery: Zou & Donner
 * 2008, Statistics in Medicine 27:1693–1702). The figure may rise or fall with a component, but not do both.
 */
export function rangeOf(
  figure: (values: ComponentValues) => number,
  components: Components,
): Interval & { readonly value: number } {
  const values = valuesOf(components);
  const value = figure(values);
  let below = 0;
  let above = 0;
  for (const [name, { low, high }] of Object.entries(components)) {
    const ends = [low, high].map((end) => figure({ ...values, [name]: end }) - value);
    below += Math.min(...ends, 0) ** 2;
    above += Math.max(...ends, 0) ** 2;
  }
  return { value, low: value - Math.sqrt(below), high: value + Math.sqrt(above) };
}
