import type { PlacedComponent } from '../environmentTypes.ts';
import { childElements, childText, readMetadata } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** A component instance and all its properties, those for its container (`type` decorator) included. */
interface PlacedInRegion extends PlacedComponent {
  readonly decorators: Readonly<Record<string, string>>;
}

function propertiesOf(instance: XmlElement, isDecorator: boolean): Record<string, string> {
  const properties = childElements(instance, 'componentInstanceProperties')
    .filter((property) => (childText(property, 'type') === 'decorator') === isDecorator)
    .map((property) => [childText(property, 'name') ?? '', childText(property, 'value') ?? ''] as const);
  return Object.fromEntries(properties);
}

function componentsOf(region: XmlElement): PlacedInRegion[] {
  return childElements(region, 'itemInstances')
    .flatMap((item) => childElements(item, 'componentInstance'))
    .map((instance, index) => ({
      key: childText(instance, 'identifier') ?? String(index),
      componentName: (childText(instance, 'componentName') ?? '').replace(/^c:/u, ''),
      properties: propertiesOf(instance, false),
      decorators: propertiesOf(instance, true),
    }));
}

/**
 * Reads the regions of a flexipage. Components of a facet (the inside of a tab set or an accordion) are put where the
 * component stands that names the facet, so that the local page shows all of them one below the other.
 * @returns the components of each region by its name, in their order
 */
export function readFlexiPage(file: string): ReadonlyMap<string, readonly PlacedInRegion[]> {
  const regions = childElements(readMetadata(file, 'FlexiPage'), 'flexiPageRegions');
  const named = new Map(regions.map((region) => [childText(region, 'name') ?? '', componentsOf(region)]));
  const facets = new Set(
    regions
      .filter((region) => childText(region, 'type') === 'Facet')
      .map((region) => childText(region, 'name')),
  );
  const inline = (components: readonly PlacedInRegion[]): readonly PlacedInRegion[] =>
    components.flatMap((component) => {
      const inside = Object.values(component.properties).filter((value) => facets.has(value));
      return inside.length === 0 ? [component] : inside.flatMap((name) => inline(named.get(name) ?? []));
    });
  return new Map(
    [...named].filter(([name]) => !facets.has(name)).map(([name, components]) => [name, inline(components)]),
  );
}
