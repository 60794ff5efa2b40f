/** Functions of the formula language that the package's rules use. */
const FUNCTIONS = ['AND', 'OR', 'NOT', 'ISNEW', 'ISCHANGED', 'PRIORVALUE', 'ISBLANK'] as const;
type FunctionName = (typeof FUNCTIONS)[number];
type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A formula as it was parsed; field names are those of the schema. */
export type Formula =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly parameters: readonly Formula[] }
  | {
      readonly kind: 'comparison';
      readonly operator: Comparison;
      readonly left: Formula;
      readonly right: Formula;
    };

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<text>"[^"]*")|(?<name>[A-Za-z]\w*)|(?<sign><=|>=|<>|!=|[=<>(),]))/uy;
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/**
 * Parses the part of the formula language that validation rules of the package use: comparisons of fields and
 * literals, joined by functions. Throws where a formula goes beyond it.
 *
 * @param fieldNamed gives a field's name as the schema has it, or throws
 */
export function parseFormula(source: string, fieldNamed: (name: string) => string): Formula {
  const tokens = tokensOf(source);
  let next = 0;
  const take = (expected?: string): string => {
    const token = tokens[next];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`Expected ${expected ?? 'a value'}, found ${token ?? 'the end'}`);
    next += 1;
    return token;
  };
  const parseTerm = (): Formula => {
    const token = take();
    if (token === '(') {
      const inner = parseComparison();
      take(')');
      return inner;
    }
    if (token.startsWith('"')) return { kind: 'literal', value: token.slice(1, -1) };
    if (/^\d/u.test(token)) return { kind: 'literal', value: Number(token) };
    if (/^(?:true|false)$/iu.test(token)) return { kind: 'literal', value: token.toLowerCase() === 'true' };
    if (tokens[next] !== '(') return { kind: 'field', name: fieldNamed(token) };
    const name = FUNCTIONS.find((known) => known === token.toUpperCase());
    if (name === undefined) throw new Error(`The formula function ${token} is not known here`);
    take('(');
    const parameters: Formula[] = [];
    while (tokens[next] !== ')') {
      parameters.push(parseComparison());
      if (tokens[next] !== ')') take(',');
    }
    take(')');
    return { kind: 'call', name, parameters };
  };
  const parseComparison = (): Formula => {
    const left = parseTerm();
    const operator = COMPARISONS[tokens[next] ?? ''];
    if (operator === undefined) return left;
    take();
    return { kind: 'comparison', operator, left, right: parseTerm() };
  };
  const formula = parseComparison();
  if (next < tokens.length) throw new Error(`Unexpected ${take()}`);
  return formula;
}

function tokensOf(source: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null)
      throw new Error(`The formula is not understood at "${source.slice(start, start + 20)}"`);
    tokens.push(match[0].trim());
  }
  return tokens;
}
