import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import ts from 'typescript';

/** An element's children by name; its own text under `#text`. Every value is a list, since any element may repeat. */
type XmlNode = { readonly [name: string]: readonly XmlChild[] };
type XmlChild = XmlNode | string;
type MetadataTypes = ReadonlyMap<string, ts.TypeNode>;

const TYPES_FILE = 'node_modules/@salesforce/types/lib/metadata.d.ts';
const METADATA_FILES = '{force-app,force-app-settings}/**/*-meta.xml';
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  alwaysCreateTextNode: false,
  isArray: () => true,
});
/** The official types call this element text; the platform takes elements that depend on the target. */
const UNTYPED_ELEMENTS = new Set(['LightningComponentBundle.targetConfigs']);

/** The official Metadata API types, read as syntax: that takes a tenth of the time of a whole program. */
export function readMetadataTypes(projectDirectory: string): MetadataTypes {
  const path = join(projectDirectory, TYPES_FILE);
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return new Map(
    file.statements.filter(ts.isTypeAliasDeclaration).map((alias) => [alias.name.text, alias.type]),
  );
}

/** What is wrong with one metadata file by the official types: one sentence each, none when it is right. */
export function metadataFaults(types: MetadataTypes, xml: string): string[] {
  const validity = XMLValidator.validate(xml);
  if (validity !== true) return [`line ${validity.err.line}: ${validity.err.msg}`];
  const parsed = parser.parse(xml) as XmlNode;
  const [root, nodes] = Object.entries(parsed).find(([name]) => !name.startsWith('?')) ?? ['', []];
  const type = types.get(root);
  const node = nodes[0];
  if (type === undefined || node === undefined) return [`<${root}> is no metadata type`];
  return nodeFaults(types, root, type, node);
}

function nodeFaults(types: MetadataTypes, place: string, type: ts.TypeNode, node: XmlChild): string[] {
  const properties = propertiesOf(types, type);
  if (properties === undefined) return valueFaults(types, place, type, node);
  if (typeof node === 'string') return node === '' ? [] : [`${place}: text where elements are expected`];
  const unknown = Object.keys(node)
    .filter((name) => !properties.has(name))
    .map((name) => `${place}: <${name}> is not known`);
  const faults = [...properties].flatMap(([name, property]) =>
    propertyFaults(types, `${place}.${name}`, property, node[name] ?? []),
  );
  return [...unknown, ...faults];
}

function propertyFaults(
  types: MetadataTypes,
  place: string,
  property: ts.PropertySignature,
  values: readonly XmlChild[],
): string[] {
  const type = property.type;
  if (type === undefined || UNTYPED_ELEMENTS.has(place)) return [];
  const isList = ts.isArrayTypeNode(type);
  if (values.length === 0)
    return isList || property.questionToken !== undefined ? [] : [`${place} is missing`];
  if (values.length > 1 && !isList) return [`${place} appears ${values.length} times`];
  return values.flatMap((value) => nodeFaults(types, place, isList ? type.elementType : type, value));
}

function valueFaults(types: MetadataTypes, place: string, type: ts.TypeNode, node: XmlChild): string[] {
  if (type.kind === ts.SyntaxKind.AnyKeyword) return [];
  if (typeof node !== 'string') return [`${place}: elements where a value is expected`];
  if (type.kind === ts.SyntaxKind.BooleanKeyword)
    return node === 'true' || node === 'false' ? [] : [`${place}: ${node} is not true or false`];
  if (type.kind === ts.SyntaxKind.NumberKeyword)
    return node !== '' && Number.isFinite(Number(node)) ? [] : [`${place}: ${node} is not a number`];
  const allowed = allowedTexts(types, type);
  return allowed === undefined || allowed.has(node) ? [] : [`${place}: ${node} is not an allowed value`];
}

/** The properties of an object type, those it inherits by `A & {…}` included; undefined for plain values. */
function propertiesOf(
  types: MetadataTypes,
  type: ts.TypeNode,
): Map<string, ts.PropertySignature> | undefined {
  if (ts.isTypeLiteralNode(type)) {
    const signatures = type.members.filter(ts.isPropertySignature);
    return new Map(signatures.map((member) => [nameText(member.name), member]));
  }
  if (ts.isIntersectionTypeNode(type))
    return new Map(type.types.flatMap((part) => [...(propertiesOf(types, part) ?? [])]));
  const referred = referredType(types, type);
  return referred === undefined ? undefined : propertiesOf(types, referred);
}

/** The texts a union of literals allows; undefined when any text is right. */
function allowedTexts(types: MetadataTypes, type: ts.TypeNode): Set<string> | undefined {
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return new Set([type.literal.text]);
  if (ts.isUnionTypeNode(type))
    return new Set(type.types.flatMap((part) => [...(allowedTexts(types, part) ?? [])]));
  const referred = referredType(types, type);
  return referred === undefined ? undefined : allowedTexts(types, referred);
}

function referredType(types: MetadataTypes, type: ts.TypeNode): ts.TypeNode | undefined {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)
    ? types.get(type.typeName.text)
    : undefined;
}

function nameText(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : '';
}

if (import.meta.main) {
  const projectDirectory = fileURLToPath(new URL('..', import.meta.url));
  const types = readMetadataTypes(projectDirectory);
  const files = globSync(METADATA_FILES, { cwd: projectDirectory }).sort();
  const faults = files.flatMap((file) =>
    metadataFaults(types, readFileSync(join(projectDirectory, file), 'utf8')).map(
      (fault) => `${file}: ${fault}`,
    ),
  );
  for (const fault of faults) console.error(fault);
  console.log(`${files.length} metadata files, ${faults.length} faults`);
  if (faults.length > 0 || files.length === 0) process.exitCode = 1;
}
