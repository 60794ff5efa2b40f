import ts from 'typescript';
import type { FoundQuery } from './apexQueries.ts';

/** Stands in a query for what is put in when it runs; no name of an org looks like it. */
const HOLE = '\uFFFC';

/**
 * The queries that a TypeScript source writes down: texts that begin with `SELECT`, as SOQL is written here, and the
 * objects that are copied with their fields, `{ objectName: 'X', fields: […] }`. What is put into a text at run time
 * is taken for a value; a text that is put together from a copied object's name and fields is checked there.
 */
export function readServerSource(file: string, source: string): FoundQuery[] {
  const root = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const queries: FoundQuery[] = [];
  const visit = (node: ts.Node): void => {
    const soql = ts.isObjectLiteralExpression(node) ? copyQuery(node) : textQuery(node);
    if (soql !== null) {
      queries.push({ line: root.getLineAndCharacterOfPosition(node.getStart()).line + 1, soql });
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return queries;
}

function textQuery(node: ts.Node): string | null {
  const text = textOf(node);
  if (text === null || !/^\s*SELECT\s/u.test(text)) return null;
  if (!/\sFROM\s+\w/u.test(text)) return null;
  return text
    .replace(/^(\s*SELECT\s+)\uFFFC/u, '$1Id')
    .replaceAll(/\b(LIMIT|OFFSET)\s+\uFFFC/gu, '$1 1')
    .replaceAll(/\b(WHERE|AND|OR)\s+\uFFFC(?=\s|$)/gu, '$1 Id = null')
    .replaceAll(HOLE, 'null');
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.templateSpans.reduce((text, span) => `${text}${HOLE}${span.literal.text}`, node.head.text);
}

/** The query that copies an object, as far as its name and fields are written out. */
function copyQuery(node: ts.ObjectLiteralExpression): string | null {
  const objectName = propertyOf(node, 'objectName');
  const fields = propertyOf(node, 'fields');
  if (objectName === undefined || !ts.isStringLiteral(objectName)) return null;
  const names =
    fields !== undefined && ts.isArrayLiteralExpression(fields)
      ? fields.elements.filter(ts.isStringLiteral).map(({ text }) => text)
      : [];
  const condition = propertyOf(node, 'firstCondition') ?? propertyOf(node, 'condition');
  const where = condition !== undefined && ts.isStringLiteral(condition) ? ` WHERE ${condition.text}` : '';
  return `SELECT ${names.length === 0 ? 'Id' : names.join(', ')} FROM ${objectName.text}${where}`;
}

function propertyOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = node.properties.find(
    (each) => ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && each.name.text === name,
  );
  return property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}
