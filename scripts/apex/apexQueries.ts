import {
  ApexParseTreeWalker,
  ApexParserBaseListener,
  ApexParserFactory,
  type ApexParserRuleContext,
} from '@apexdevtools/apex-parser';

/** A query in the source, with what stands for its bound values. */
export interface FoundQuery {
  readonly line: number;
  readonly soql: string;
}

export interface ApexSource {
  readonly queries: readonly FoundQuery[];
  /** Names that end like those of custom objects, fields and relationships. */
  readonly customNames: readonly { readonly line: number; readonly name: string }[];
  /** Lines on which a query is put together as text, so that nobody can check it. */
  readonly dynamicQueryLines: readonly number[];
}

/** Any value will do where a bound one stands: the check runs no query. */
const VALUE = 'null';
const COUNT = '1';
const CUSTOM_NAME = /^\w+__(?:c|r|mdt)$/iu;
const DYNAMIC_CALL = /^Database\.(?:query|countQuery|getQueryLocator)\w*\((?!\[)/iu;

/** Every query of an Apex source, read by its grammar. */
export function readApex(source: string): ApexSource {
  const finder = new QueryFinder(source);
  const parser = ApexParserFactory.createParser(source, true);
  ApexParseTreeWalker.DEFAULT.walk(finder, parser.compilationUnit());
  const tokens = ApexParserFactory.createTokenStream(source);
  tokens.fill();
  const customNames = tokens.tokens
    .filter(({ text }) => CUSTOM_NAME.test(text))
    .map(({ line, text }) => ({ line, name: text }));
  return { queries: finder.queries, customNames, dynamicQueryLines: finder.dynamicQueryLines };
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

class QueryFinder extends ApexParserBaseListener {
  readonly queries: FoundQuery[] = [];
  readonly dynamicQueryLines: number[] = [];
  readonly #source: string;
  #replacements: Replacement[] = [];

  constructor(source: string) {
    super();
    this.#source = source;
  }

  enterQuery(): void {
    this.#replacements = [];
  }

  /** `:callIds` stands for a value, for a list of them, or for a count. */
  enterBoundExpression(context: ApexParserRuleContext): void {
    const before = this.#source.slice(0, context.start.start).trimEnd();
    const isCount = /\b(?:LIMIT|OFFSET)$/iu.test(before);
    const isList = /\b(?:IN|INCLUDES|EXCLUDES)$/iu.test(before);
    this.#replace(context, isCount ? COUNT : isList ? `(${VALUE})` : VALUE);
  }

  /** `WITH USER_MODE` says as whom Apex asks; it changes no name in the query. */
  enterWithClause(context: ApexParserRuleContext): void {
    this.#replace(context, '');
  }

  exitQuery(context: ApexParserRuleContext): void {
    const end = (context.stop ?? context.start).stop + 1;
    let soql = '';
    let at = context.start.start;
    for (const { start, end: after, text } of this.#replacements) {
      soql += this.#source.slice(at, start) + text;
      at = after;
    }
    this.queries.push({ line: context.start.line, soql: soql + this.#source.slice(at, end) });
  }

  enterDotExpression(context: ApexParserRuleContext): void {
    if (DYNAMIC_CALL.test(context.getText())) this.dynamicQueryLines.push(context.start.line);
  }

  #replace(context: ApexParserRuleContext, text: string): void {
    const end = (context.stop ?? context.start).stop + 1;
    this.#replacements.push({ start: context.start.start, end, text });
  }
}
