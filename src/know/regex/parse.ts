/**
 * Reads the regular expressions of Sigma rules: what RE2, PCRE, Python and JavaScript write alike, and the
 * usual extras of each (POSIX classes, `\A \z \Q…\E`, inline and scoped flags, named groups). Refused, by
 * name, is what no linear-time engine can run: look-around, back-references, atomic and possessive forms,
 * recursion and conditions. Nothing is refused for its length or shape short of `maxSize` steps.
 */
import {
  type CharSet,
  charSet,
  closeOverCase,
  complement,
  escapeSets,
  fullSet,
  posixSets,
  propertySet,
} from './charset.ts';
import { RegexError, type RegexNode, sizeOf } from './node.ts';

/** Steps that an expression may have once its counted repetitions are written out. */
export const maxSize = 100_000;

/** Groups may nest this deep; more would overflow the stack of whoever walks the tree. */
const maxDepth = 250;

type Flags = { i: boolean; m: boolean; s: boolean; x: boolean };

const emptyNode: RegexNode = { op: 'sequence', nodes: [] };
const lineBreak: CharSet = [0x0a, 0x0a];

/** Single characters by their escape letter. */
const controlEscapes: Readonly<Record<string, number>> = {
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  a: 7,
  e: 27,
};

/**
 * The tree of `source` under `flags` (a subset of `ims`). Throws `RegexError` with a sentence that names what
 * can't be run.
 */
export function parseRegex(source: string, flags: string): RegexNode {
  const node = new Parser(source, flags).parse();
  if (sizeOf(node) > maxSize) throw new RegexError(`written out it has more than ${maxSize} steps`);
  return node;
}

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #flags: Flags;

  constructor(source: string, flags: string) {
    this.#text = source;
    this.#flags = { i: flags.includes('i'), m: flags.includes('m'), s: flags.includes('s'), x: false };
  }

  parse(): RegexNode {
    const node = this.#alternatives();
    if (this.#at < this.#text.length) throw this.#error('an unmatched )');
    return node;
  }

  #error(what: string): RegexError {
    return new RegexError(`${what} at character ${this.#at + 1}`);
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  /** The next whole character, passed over. */
  #point(): number {
    const point = this.#text.codePointAt(this.#at)!;
    this.#at += point > 0xffff ? 2 : 1;
    return point;
  }

  #alternatives(): RegexNode {
    if (++this.#depth > maxDepth) throw this.#error(`groups nested deeper than ${maxDepth}`);
    const branches: RegexNode[] = [];
    do branches.push(this.#sequence());
    while (this.#take('|'));
    this.#depth--;
    return branches.length === 1 ? branches[0]! : { op: 'either', nodes: branches };
  }

  #sequence(): RegexNode {
    const nodes: RegexNode[] = [];
    while (this.#at < this.#text.length) {
      if (this.#flags.x && this.#skipExtended()) continue;
      const next = this.#text[this.#at]!;
      if (next === '|' || next === ')') break;
      if (this.#take('\\Q')) {
        this.#quoted(nodes);
        continue;
      }
      if (this.#take('\\E')) continue;
      const atom = this.#atom();
      // An inline flag group is no atom: nothing to repeat.
      if (atom !== null) nodes.push(this.#quantified(atom));
    }
    return nodes.length === 1 ? nodes[0]! : { op: 'sequence', nodes };
  }

  /** Blanks and comments of the `x` flag. */
  #skipExtended(): boolean {
    const skipped = /^(?:\s+|#[^\n]*)/.exec(this.#text.slice(this.#at, this.#at + 4096));
    if (skipped === null) return false;
    this.#at += skipped[0].length;
    return true;
  }

  #quoted(nodes: RegexNode[]): void {
    const end = this.#text.indexOf('\\E', this.#at);
    const stop = end < 0 ? this.#text.length : end;
    while (this.#at < stop) nodes.push(this.#literal(this.#point()));
    if (end >= 0) this.#at += 2;
  }

  #literal(point: number): RegexNode {
    const set = [point, point];
    return { op: 'set', set: this.#flags.i ? closeOverCase(set) : set };
  }

  #atom(): RegexNode | null {
    const next = this.#text[this.#at]!;
    switch (next) {
      case '(':
        this.#at++;
        return this.#group();
      case '[':
        this.#at++;
        return { op: 'set', set: this.#class() };
      case '\\':
        this.#at++;
        return this.#escape();
      case '.':
        this.#at++;
        return { op: 'set', set: this.#flags.s ? fullSet : complement(lineBreak) };
      case '^':
        this.#at++;
        return { op: 'assert', at: this.#flags.m ? 'line-start' : 'start' };
      case '$':
        this.#at++;
        return { op: 'assert', at: this.#flags.m ? 'line-end' : 'end' };
      case '*':
      case '+':
      case '?':
        throw this.#error(`nothing to repeat before ${next}`);
      default:
        return this.#literal(this.#point());
    }
  }

  /** After `(`. Null for a group that only sets flags or comments. */
  #group(): RegexNode | null {
    if (this.#text.startsWith('*', this.#at)) throw this.#error('a control verb (*…)');
    const outer = { ...this.#flags };
    if (this.#take('?')) {
      const kind = this.#groupKind();
      if (kind === 'flags' || kind === 'comment') return null;
    }
    const node = this.#alternatives();
    if (!this.#take(')')) throw this.#error('an unclosed group');
    this.#flags = outer;
    return node;
  }

  #groupKind(): 'group' | 'flags' | 'comment' {
    for (const [token, name] of [
      ['=', 'look-ahead'],
      ['!', 'look-ahead'],
      ['<=', 'look-behind'],
      ['<!', 'look-behind'],
      ['>', 'an atomic group'],
      ['|', 'a branch reset'],
      ['(', 'a condition'],
      ['&', 'recursion'],
      ['R', 'recursion'],
      ['P>', 'recursion'],
      ['P=', 'a back-reference'],
    ] as const) {
      if (this.#text.startsWith(token, this.#at)) throw this.#error(name);
    }
    if (/^[+-]?[0-9]/.test(this.#text.slice(this.#at, this.#at + 2))) throw this.#error('recursion');
    if (this.#take(':')) return 'group';
    if (this.#take('#')) {
      const end = this.#text.indexOf(')', this.#at);
      if (end < 0) throw this.#error('an unclosed comment');
      this.#at = end + 1;
      return 'comment';
    }
    const named = /^(?:P?<[A-Za-z_][A-Za-z0-9_]*>|'[A-Za-z_][A-Za-z0-9_]*')/.exec(this.#text.slice(this.#at));
    if (named !== null) {
      this.#at += named[0].length;
      return 'group';
    }
    return this.#flagGroup();
  }

  /** `(?im-s)` for the rest of the enclosing group, `(?i:…)` for its own. */
  #flagGroup(): 'group' | 'flags' {
    const written = /^(\^?)([A-Za-z]*)(?:-([A-Za-z]*))?([:)])/.exec(this.#text.slice(this.#at));
    if (written === null) throw this.#error('an unknown kind of group');
    const [all, reset, on, off, end] = written;
    const flags: Flags = reset === '' ? { ...this.#flags } : { i: false, m: false, s: false, x: false };
    for (const [letters, value] of [
      [on!, true],
      [off ?? '', false],
    ] as const) {
      for (const letter of letters) {
        if (letter === 'i' || letter === 'm' || letter === 's' || letter === 'x') flags[letter] = value;
        // Ungreedy, and Python's Unicode and ASCII: no difference to whether there is a match here.
        else if (!'Uua'.includes(letter)) throw this.#error(`the unknown flag ${letter}`);
      }
    }
    this.#at += all.length;
    this.#flags = flags;
    return end === ':' ? 'group' : 'flags';
  }

  #quantified(node: RegexNode): RegexNode {
    if (this.#flags.x) while (this.#at < this.#text.length && this.#skipExtended());
    const bounds = this.#bounds();
    if (bounds === null) return node;
    if (this.#take('+')) throw this.#error('a possessive quantifier');
    this.#take('?');
    if (
      this.#at < this.#text.length &&
      ('*+?'.includes(this.#text[this.#at]!) || this.#countAhead() !== null)
    ) {
      throw this.#error('nothing to repeat before a second quantifier');
    }
    const [min, max] = bounds;
    if (max === 0) return emptyNode;
    if (min === 1 && max === 1) return node;
    return { op: 'repeat', node, min, max };
  }

  #countAhead(): RegExpExecArray | null {
    // `{` that opens no count is a literal.
    return /^\{(?:([0-9]{1,6})(?:(,)([0-9]{1,6})?)?|(,)([0-9]{1,6}))\}/.exec(
      this.#text.slice(this.#at, this.#at + 16),
    );
  }

  #bounds(): readonly [number, number] | null {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#take('?')) return [0, 1];
    const count = this.#countAhead();
    if (count === null) return null;
    const [all, low, comma, high, , only] = count;
    const min = Number(low ?? 0);
    const max =
      only !== undefined
        ? Number(only)
        : comma === undefined
          ? min
          : high === undefined
            ? Number.POSITIVE_INFINITY
            : Number(high);
    if (max < min) throw this.#error('a repetition whose bounds are in the wrong order');
    this.#at += all.length;
    return [min, max];
  }

  /** After `\`, outside a class. */
  #escape(): RegexNode {
    const letter = this.#text[this.#at];
    if (letter === undefined) throw this.#error('a backslash at the end');
    switch (letter) {
      case 'b':
      case 'B':
        this.#at++;
        return { op: 'assert', at: letter === 'b' ? 'word-edge' : 'no-word-edge' };
      case 'A':
        this.#at++;
        return { op: 'assert', at: 'start' };
      case 'z':
        this.#at++;
        return { op: 'assert', at: 'end' };
      case 'Z':
        // The end, or before a new line there; the new line may as well be taken, since nothing can follow.
        this.#at++;
        return {
          op: 'sequence',
          nodes: [
            { op: 'repeat', node: { op: 'set', set: lineBreak }, min: 0, max: 1 },
            { op: 'assert', at: 'end' },
          ],
        };
      case 'R':
        this.#at++;
        return {
          op: 'either',
          nodes: [
            {
              op: 'sequence',
              nodes: [
                { op: 'set', set: [13, 13] },
                { op: 'set', set: lineBreak },
              ],
            },
            { op: 'set', set: [0x0a, 0x0d, 0x85, 0x85, 0x2028, 0x2029] },
          ],
        };
    }
    const set = this.#setEscape();
    if (set !== null) return { op: 'set', set };
    return this.#literal(this.#pointEscape());
  }

  /** A class escape (`\d`, `\p{L}`), else null with nothing taken. After `\`. */
  #setEscape(): CharSet | null {
    const letter = this.#text[this.#at]!;
    if (letter === 'p' || letter === 'P') {
      const written = /^.(?:\{(\^?)([^}]*)\}|([A-Z]))/.exec(this.#text.slice(this.#at, this.#at + 64));
      const set = written === null ? null : propertySet(written[2] ?? written[3]!);
      if (set === null) throw this.#error('an unknown Unicode property');
      this.#at += written![0].length;
      const closed = this.#flags.i ? closeOverCase(set) : set;
      return (letter === 'P') !== (written![1] === '^') ? complement(closed) : closed;
    }
    const set = Object.hasOwn(escapeSets, letter) ? escapeSets[letter]! : null;
    if (set !== null) this.#at++;
    return set;
  }

  /** The one character an escape stands for. After `\`. */
  #pointEscape(): number {
    const rest = this.#text.slice(this.#at, this.#at + 16);
    const hex =
      /^x([0-9a-f]{2})/i.exec(rest) ??
      /^[xu]\{([0-9a-f]{1,6})\}/i.exec(rest) ??
      /^u([0-9a-f]{4})/i.exec(rest) ??
      /^U([0-9a-f]{8})/i.exec(rest);
    if (hex !== null) {
      const point = Number.parseInt(hex[1]!, 16);
      if (point > 0x10ffff) throw this.#error('a character beyond Unicode');
      this.#at += hex[0].length;
      return point;
    }
    const octal = /^0[0-7]{0,2}/.exec(rest);
    if (octal !== null) {
      this.#at += octal[0].length;
      return Number.parseInt(octal[0], 8);
    }
    const control = /^c([A-Za-z])/.exec(rest);
    if (control !== null) {
      this.#at += 2;
      return control[1]!.charCodeAt(0) & 0x1f;
    }
    const letter = rest[0]!;
    if (Object.hasOwn(controlEscapes, letter)) {
      this.#at++;
      return controlEscapes[letter]!;
    }
    if (/^(?:[1-9]|[gk][{<'0-9-])/.test(rest)) throw this.#error('a back-reference');
    if (/^[A-Za-z]/.test(rest)) throw this.#error(`the unknown escape \\${letter}`);
    return this.#point();
  }

  /** After `[`, up to and with `]`. A `]` that stands first is itself. */
  #class(): CharSet {
    const negated = this.#take('^');
    const ranges: number[] = [];
    const fixed: number[] = [];
    for (let first = true; ; first = false) {
      if (this.#at >= this.#text.length) throw this.#error('an unclosed character class');
      if (!first && this.#take(']')) break;
      const low = this.#classItem(fixed);
      if (low === null) continue;
      const dash = this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']';
      if (!dash || this.#at + 1 >= this.#text.length) {
        ranges.push(low, low);
        continue;
      }
      this.#at++;
      const high = this.#classItem(fixed);
      if (high === null) {
        // `a-\d`: the dash is itself.
        ranges.push(low, low, 0x2d, 0x2d);
        continue;
      }
      if (high < low) throw this.#error('a range whose ends are in the wrong order');
      ranges.push(low, high);
    }
    const written = charSet(ranges);
    const set = charSet([...(this.#flags.i ? closeOverCase(written) : written), ...fixed]);
    return negated ? complement(set) : set;
  }

  /** One character of a class; null where it was a class itself, which then went to `fixed`. */
  #classItem(fixed: number[]): number | null {
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(this.#text.slice(this.#at, this.#at + 16));
    if (posix !== null) {
      const set = Object.hasOwn(posixSets, posix[2]!) ? posixSets[posix[2]!]! : null;
      if (set === null) throw this.#error(`the unknown class [:${posix[2]}:]`);
      this.#at += posix[0].length;
      fixed.push(...(posix[1] === '^' ? complement(set) : set));
      return null;
    }
    if (!this.#take('\\')) return this.#point();
    if (this.#at >= this.#text.length) throw this.#error('a backslash at the end');
    if (this.#take('b')) return 8;
    const set = this.#setEscape();
    if (set === null) return this.#pointEscape();
    fixed.push(...set);
    return null;
  }
}
