/**
 * Text of a STIX pattern → tree, by the grammar of STIX 2.1 (section 9, and the OASIS grammar in its details: AND binds
 * closer than OR, OR closer than FOLLOWEDBY). Descends without going back, so that time is linear; depth and size are
 * bounded.
 */
import { PatternError } from './error.ts';
import { limits } from './limits.ts';
import { type Token, tokensOf } from './tokens.ts';
import {
  type Compared,
  type Comparison,
  type Literal,
  type ObjectPath,
  type Observed,
  type Operator,
  operators,
} from './tree.ts';

export type ParsedPattern =
  | { readonly pattern: Observed }
  /** Why it can't be read, and at which offset. */
  | { readonly message: string; readonly at: number };

export function parsePattern(text: string): ParsedPattern {
  try {
    return { pattern: new Parser(tokensOf(text)).parse() };
  } catch (error) {
    if (error instanceof PatternError) return { message: error.message, at: error.at };
    throw error;
  }
}

const alike: Readonly<Record<string, Operator>> = { '==': '=', '<>': '!=' };

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;
  #comparisons = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Observed {
    const pattern = this.#observations();
    if (this.#token.kind !== 'end')
      this.#fail(`'${clipped(this.#token.text)}' stands after the pattern's end`);
    return pattern;
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #observations(): Observed {
    return this.#chain('followed-by', 'FOLLOWEDBY', () =>
      this.#chain('or', 'OR', () => this.#chain('and', 'AND', () => this.#qualified())),
    );
  }

  /** `part`s with `word` between them; one alone is itself. */
  #chain<T extends { readonly at: number }, K extends string>(
    kind: K,
    word: string,
    part: () => T,
  ): T | { readonly kind: K; readonly nodes: readonly T[]; readonly at: number } {
    const nodes = [part()];
    while (this.#isWord(word)) {
      this.#next++;
      nodes.push(part());
    }
    return nodes.length === 1 ? nodes[0]! : { kind, nodes, at: nodes[0]!.at };
  }

  #qualified(): Observed {
    let node = this.#observation();
    const seen = new Set<string>();
    for (let { text, at, kind } = this.#token; kind === 'word'; { text, at, kind } = this.#token) {
      if (text !== 'WITHIN' && text !== 'REPEATS' && text !== 'START') break;
      if (seen.has(text)) this.#fail(`${text} is there twice`);
      seen.add(text);
      this.#next++;
      this.#qualifier(text);
      node = { kind: 'qualified', node, qualifier: text, at };
    }
    return node;
  }

  #qualifier(word: 'WITHIN' | 'REPEATS' | 'START'): void {
    if (word === 'START') {
      this.#take('timestamp', "a moment: START t'2026-11-24T00:00:00Z'");
      this.#word('STOP');
      this.#take('timestamp', "a moment: STOP t'2026-11-25T00:00:00Z'");
      return;
    }
    this.#take('number', `a number: ${word} 5 ${word === 'WITHIN' ? 'SECONDS' : 'TIMES'}`);
    this.#word(word === 'WITHIN' ? 'SECONDS' : 'TIMES');
  }

  #observation(): Observed {
    const { at } = this.#token;
    if (this.#isSign('(')) return this.#within('(', ')', () => this.#observations());
    if (!this.#isSign('['))
      this.#fail(`a pattern is written in square brackets: [ipv4-addr:value = '192.0.2.1']`);
    const node = this.#within('[', ']', () => this.#comparisonsOr());
    return { kind: 'observation', node, at };
  }

  #within<T>(open: string, close: string, inner: () => T): T {
    this.#sign(open);
    if (++this.#depth > limits.depth) this.#fail(`brackets are nested more than ${limits.depth} deep`);
    const node = inner();
    this.#depth--;
    this.#sign(close);
    return node;
  }

  #comparisonsOr(): Compared {
    return this.#chain('or', 'OR', () => this.#chain('and', 'AND', () => this.#comparison()));
  }

  #comparison(): Compared {
    if (this.#isSign('(')) return this.#within('(', ')', () => this.#comparisonsOr());
    const { at } = this.#token;
    if (this.#isWord('NOT') || this.#isWord('EXISTS')) {
      const negated = this.#takeWord('NOT');
      this.#word('EXISTS');
      return this.#test({ path: this.#path(), operator: 'EXISTS', negated, values: [], at });
    }
    const path = this.#path();
    const negated = this.#takeWord('NOT');
    const operator = this.#operator();
    return this.#test({ path, operator, negated, values: this.#values(operator), at });
  }

  #test(test: Omit<Comparison, 'kind'>): Comparison {
    this.#comparisons += Math.max(1, test.values.length);
    if (this.#comparisons > limits.comparisons) {
      this.#fail(`the pattern has more than ${limits.comparisons} comparisons`);
    }
    return { kind: 'test', ...test };
  }

  #path(): ObjectPath {
    const type = this.#take('word', "the type of an object, such as ipv4-addr, before ':'");
    this.#sign(':');
    const steps = [this.#step()];
    for (;;) {
      if (this.#isSign('.')) {
        this.#next++;
        steps.push(this.#step());
      } else if (this.#isSign('[')) steps.push(this.#index());
      else return { type, steps, text: `${type}:${steps.join('.').replaceAll('.[', '[')}` };
    }
  }

  #step(): string {
    const { kind, text } = this.#token;
    if (kind !== 'word' && kind !== 'text') this.#fail('a property of the object is expected here');
    this.#next++;
    return text;
  }

  #index(): string {
    this.#sign('[');
    const { kind, text } = this.#token;
    const isIndex = (kind === 'number' && /^[-+]?\d+$/.test(text)) || (kind === 'sign' && text === '*');
    if (!isIndex) this.#fail('a number or * is expected between these brackets');
    this.#next++;
    this.#sign(']');
    return `[${text}]`;
  }

  #operator(): Operator {
    const { kind, text } = this.#token;
    const name = alike[text] ?? text;
    const operator = operators.find(each => each === name);
    if ((kind !== 'sign' && kind !== 'word') || operator === undefined || operator === 'EXISTS') {
      this.#fail("an operator is expected here: =, IN, LIKE, MATCHES or another of STIX's");
    }
    this.#next++;
    return operator;
  }

  #values(operator: Operator): Literal[] {
    if (operator === 'IN') {
      return this.#within('(', ')', () => {
        const values = [this.#literal()];
        while (this.#isSign(',')) {
          this.#next++;
          values.push(this.#literal());
        }
        return values;
      });
    }
    const value = this.#literal();
    const wantsText = operator !== '=' && operator !== '!=' && /^[A-Z]/.test(operator);
    if (wantsText && value.kind !== 'text') this.#fail(`${operator} takes a text`);
    return [value];
  }

  #literal(): Literal {
    const { kind, text } = this.#token;
    switch (kind) {
      case 'text':
        this.#next++;
        // STIX compares in NFC.
        return { kind, text: text.normalize('NFC') };
      case 'binary':
      case 'hex':
      case 'timestamp':
        this.#next++;
        return { kind, text };
      case 'number': {
        const value = Number(text);
        if (!Number.isFinite(value)) this.#fail(`'${clipped(text)}' is no number`);
        this.#next++;
        return { kind, value, text };
      }
      case 'word':
        if (text !== 'true' && text !== 'false') break;
        this.#next++;
        return { kind: 'boolean', value: text === 'true' };
    }
    return this.#fail("a value is expected here: a text in ' ', a number, true or false");
  }

  #isWord(text: string): boolean {
    return this.#token.kind === 'word' && this.#token.text === text;
  }

  #takeWord(text: string): boolean {
    const is = this.#isWord(text);
    if (is) this.#next++;
    return is;
  }

  #word(text: string): void {
    if (!this.#takeWord(text)) this.#fail(`${text} is expected here`);
  }

  #isSign(text: string): boolean {
    return this.#token.kind === 'sign' && this.#token.text === text;
  }

  #sign(text: string): void {
    if (!this.#isSign(text)) this.#fail(`'${text}' is expected here`);
    this.#next++;
  }

  #take(kind: Token['kind'], what: string): string {
    const token = this.#token;
    if (token.kind !== kind) this.#fail(`expected is ${what}`);
    this.#next++;
    return token.text;
  }

  #fail(message: string): never {
    throw new PatternError(message, this.#token.at);
  }
}

function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
