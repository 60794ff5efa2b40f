import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';

/** An element of a metadata file: children by name, each name holding all its occurrences. */
export type XmlElement = Readonly<Record<string, readonly (XmlElement | string)[]>>;

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  isArray: () => true,
});

/**
 * Reads a metadata file.
 * @param rootName the root element, e.g. `FlexiPage`
 * @throws when the file has another root
 */
export function readMetadata(file: string, rootName: string): XmlElement {
  const parsed = parser.parse(readFileSync(file, 'utf8')) as XmlElement;
  const root = parsed[rootName]?.[0];
  if (root === undefined || typeof root === 'string') {
    throw new Error(`${file} holds no <${rootName}>`);
  }
  return root;
}

/** The text of the first child of that name, if there is one. */
export function childText(element: XmlElement, name: string): string | undefined {
  const child = element[name]?.[0];
  return typeof child === 'string' ? child : undefined;
}

/** The children of that name that have children themselves. */
export function childElements(element: XmlElement, name: string): readonly XmlElement[] {
  return (element[name] ?? []).filter((child) => typeof child !== 'string');
}

/** The texts of all children of that name. */
export function childTexts(element: XmlElement, name: string): readonly string[] {
  return (element[name] ?? []).filter((child) => typeof child === 'string');
}
