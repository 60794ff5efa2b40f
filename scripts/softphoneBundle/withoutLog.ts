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
