/**
 * Text of a condition to a tree, by recursive descent; weakest first: `or`, `and`, `not`, `x of`, brackets
 * (specification, "Condition"). Key words count in any case, as older tools read them.
 */
import { quoted, RuleError } from '../errors.ts';
import { limits } from '../limits.ts';
import { type Token, tokenize } from './tokens.ts';
import type { Condition } from './tree.ts';

/** Brackets and `not` inside each other. */
const maxDepth = 200;

/** Throws a `RuleError` whose place is the index in `text`. */
export function parseCondition(text: string): Condition {
  const tokens = tokenize(text);
  if (tokens.length > limits.conditionWords) {
    throw new RuleError('too-large', `the condition has more than ${limits.conditionWords} words`, 0);
  }
  const pipe = tokens.find(token => token.text === '|');
  if (pipe !== undefined) {
    throw new RuleError(
      'legacy-aggregation',
      'aggregation in a condition was withdrawn from Sigma: write a correlation rule instead',
      pipe.index,
    );
  }
  return new Parser(tokens, text.length).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  parse(): Condition {
    const condition = this.#or();
    const rest = this.#tokens[this.#next];
    if (rest === undefined) return condition;
    if (rest.text === ')') return fail("')' was never opened", rest.index);
    return fail(`${quoted(rest.text)} follows without 'and' or 'or' before it`, rest.index);
  }

  #word(offset = 0): string {
    return this.#tokens[this.#next + offset]?.text.toLowerCase() ?? '';
  }

  #index(): number {
    return this.#tokens[this.#next]?.index ?? this.#end;
  }

  #or(): Condition {
    return this.#list('or', () => this.#list('and', () => this.#not()));
  }

  #list(op: 'and' | 'or', operand: () => Condition): Condition {
    const nodes = [operand()];
    while (this.#word() === op) {
      this.#next++;
      nodes.push(operand());
    }
    return nodes.length === 1 ? nodes[0]! : { op, nodes };
  }

  #not(): Condition {
    if (this.#word() !== 'not') return this.#primary();
    this.#deeper();
    this.#next++;
    const node = this.#not();
    this.#depth--;
    return { op: 'not', node };
  }

  #primary(): Condition {
    const token = this.#tokens[this.#next];
    if (token === undefined) return fail('the condition ends where an identifier is expected', this.#end);
    if (token.text === '(') return this.#brackets(token);
    if (this.#word(1) === 'of') return this.#of(token);
    const word = this.#word();
    if (token.text === ')' || word === 'and' || word === 'or') {
      return fail(`an identifier is expected before ${quoted(token.text)}`, token.index);
    }
    this.#next++;
    if (token.text.includes('*')) {
      return fail(`${quoted(token.text)} is a pattern: put '1 of' or 'all of' before it`, token.index);
    }
    return { op: 'identifier', name: token.text, index: token.index };
  }

  #brackets(open: Token): Condition {
    this.#deeper();
    this.#next++;
    const inner = this.#or();
    if (this.#word() !== ')') {
      const rest = this.#tokens[this.#next];
      return rest === undefined
        ? fail("'(' is never closed", open.index)
        : fail(`${quoted(rest.text)} follows without 'and' or 'or' before it`, rest.index);
    }
    this.#next++;
    this.#depth--;
    return inner;
  }

  #of(quantifier: Token): Condition {
    const word = quantifier.text.toLowerCase();
    if (word !== '1' && word !== 'any' && word !== 'all') {
      return fail(
        `${quoted(`${quantifier.text} of`)} is not Sigma: use '1 of', 'any of' or 'all of'`,
        quantifier.index,
      );
    }
    this.#next += 2;
    const target = this.#tokens[this.#next];
    if (target === undefined || target.text === '(' || target.text === ')') {
      return fail(`a pattern or 'them' is expected after '${word} of'`, this.#index());
    }
    this.#next++;
    const pattern = target.text.toLowerCase() === 'them' ? null : target.text;
    return { op: 'of', all: word === 'all', pattern, index: target.index };
  }

  #deeper(): void {
    if (++this.#depth > maxDepth) {
      throw new RuleError('too-large', `the condition is nested more than ${maxDepth} deep`, this.#index());
    }
  }
}

function fail(message: string, index: number): never {
  throw new RuleError('condition', `cannot read the condition: ${message}`, index);
}
