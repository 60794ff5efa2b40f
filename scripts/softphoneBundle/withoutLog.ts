import ts from 'typescript';

/** What the arguments of a log statement may call: these change nothing. */
const HARMLESS_CALLS = /(?:^|\.)(?:toString|typeToString|stringify)$/u;
const LOG_METHODS = /^(?:this\.)?_?logger\.(?:debug|log|warn|error)$/u;

/**
 * SIP.js's log is switched off, because it may hold credentials and numbers; its statements would still be 4 kB of the
 * download. Each whole statement becomes an empty one, so that an `if` keeps its branch. Throws where an argument calls
 * something that might have an effect.
 */
export function withoutLogStatements(source: string): string {
  const file = ts.createSourceFile('sip.js', source, ts.ScriptTarget.Latest, true);
  const statements: ts.ExpressionStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (isLogStatement(node)) statements.push(node);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return statements.reduceRight(
    (text, statement) => `${text.slice(0, statement.getStart())};${text.slice(statement.end)}`,
    source,
  );
}

/**
 * SIP.js's errors without their words, 1 kB of the download: the phone tells errors apart by class, and reports no more
 * than their names, because words may hold numbers.
 */
export function withoutErrorWords(source: string): string {
  const file = ts.createSourceFile('sip.js', source, ts.ScriptTarget.Latest, true);
  const words: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const [argument, second] = ts.isNewExpression(node) ? (node.arguments ?? []) : [];
    if (argument !== undefined && second === undefined && isPlainError(node) && isWords(argument))
      words.push(argument);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return words.reduceRight((text, node) => text.slice(0, node.getStart()) + text.slice(node.end), source);
}

function isPlainError(node: ts.Node): boolean {
  return ts.isNewExpression(node) && /^(?:Error|TypeError)$/u.test(node.expression.getText());
}

/** Text, sums of text, and templates that only name values. */
function isWords(node: ts.Expression): boolean {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return true;
  if (ts.isBinaryExpression(node))
    return node.operatorToken.kind === ts.SyntaxKind.PlusToken && isWords(node.left) && isWords(node.right);
  const isName = (part: ts.Expression): boolean =>
    ts.isIdentifier(part) || (ts.isPropertyAccessExpression(part) && /^[\w.]+$/u.test(part.getText()));
  if (isName(node))
    return node.getText() !== 'message' && node.parent.kind === ts.SyntaxKind.BinaryExpression;
  return ts.isTemplateExpression(node) && node.templateSpans.every((span) => isName(span.expression));
}

function isLogStatement(node: ts.Node): node is ts.ExpressionStatement {
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return false;
  const { expression, arguments: logged } = node.expression;
  if (!LOG_METHODS.test(expression.getText())) return false;
  for (const argument of logged) assertHarmless(argument);
  return true;
}

function assertHarmless(node: ts.Node): void {
  const isHarmless = !ts.isCallExpression(node) || HARMLESS_CALLS.test(node.expression.getText());
  if (!isHarmless || ts.isNewExpression(node) || ts.isAwaitExpression(node))
    throw new Error(`SIP.js logs the result of something that may have an effect: ${node.getText()}`);
  ts.forEachChild(node, assertHarmless);
}
