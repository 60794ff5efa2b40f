import ts from 'typescript';

/** In a row of the table, `entry(code, status, message, meaning, retryable)`: what is read by people. */
const TEXTS = [2, 3];

/**
 * The error table without its texts. The page has them in its own copy of the contract; the phone reads codes, status
 * and whether a request may be repeated (softphone/src/domain/errorRows.ts), and would download 2 kB of words.
 */
export function withoutErrorTexts(source: string): string {
  const file = ts.createSourceFile('errors.ts', source, ts.ScriptTarget.Latest, true);
  const texts: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'entry')
      texts.push(...node.arguments.filter((_, index) => TEXTS.includes(index)));
    else ts.forEachChild(node, visit);
  };
  visit(file);
  if (texts.length === 0 || !texts.every(ts.isStringLiteral))
    throw new Error('The error table has another form');
  return texts.reduceRight(
    (text, literal) => `${text.slice(0, literal.getStart())}''${text.slice(literal.end)}`,
    source,
  );
}
