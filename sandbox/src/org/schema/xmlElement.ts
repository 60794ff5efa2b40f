import { XMLParser } from 'fast-xml-parser';

/** An element with its text, attributes and child elements, the latter always as lists. */
export class XmlElement {
  readonly text: string;
  readonly #attributes: ReadonlyMap<string, string>;
  readonly #children: ReadonlyMap<string, readonly XmlElement[]>;

  constructor(
    text: string,
    attributes: ReadonlyMap<string, string>,
    children: ReadonlyMap<string, readonly XmlElement[]>,
  ) {
    this.text = text;
    this.#attributes = attributes;
    this.#children = children;
  }

  attribute(name: string): string | undefined {
    return this.#attributes.get(name);
  }

  all(name: string): readonly XmlElement[] {
    return this.#children.get(name) ?? [];
  }

  first(name: string): XmlElement | undefined {
    return this.all(name)[0];
  }

  /** The text of the first child of this name, or undefined. */
  value(name: string): string | undefined {
    return this.first(name)?.text;
  }

  /** The text of the first child of this name. Throws without one. */
  required(name: string): string {
    const value = this.value(name);
    if (value === undefined) throw new Error(`The element <${name}> is missing`);
    return value;
  }

  isTrue(name: string): boolean {
    return this.value(name) === 'true';
  }

  number(name: string): number {
    return Number(this.value(name) ?? 0);
  }
}

/** Parses a document to its root element. Values stay text: whether `01` is a number is the field's to say. */
export function parseXml(source: string): XmlElement {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
    alwaysCreateTextNode: true,
  });
  const parsed: unknown = parser.parse(source);
  const [root] = Object.entries(asRecord(parsed)).filter(([name]) => !name.startsWith('?'));
  if (!root) throw new Error('The document has no element');
  return toElement(Array.isArray(root[1]) ? root[1][0] : root[1]);
}

function toElement(node: unknown): XmlElement {
  if (typeof node !== 'object') return new XmlElement(textOf(node), new Map(), new Map());
  const attributes = new Map<string, string>();
  const children = new Map<string, readonly XmlElement[]>();
  let text = '';
  for (const [name, value] of Object.entries(asRecord(node))) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (name === '#text') text = textOf(values[0]);
    else if (name.startsWith('@')) attributes.set(name.slice(1), textOf(values[0]));
    else children.set(name, values.map(toElement));
  }
  return new XmlElement(text, attributes, children);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
