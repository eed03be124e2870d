/**
 * Writes an expression's tree for an engine. Everything is spelled out (classes as ranges, anchors as what
 * they mean), no flag is left that engines read differently, so that both must agree by construction.
 */
import type { Assertion, CharSet, RegexNode } from '../../../know/regex/index.ts';

/** What differs between engines. */
type Dialect = {
  readonly point: (point: number) => string;
  readonly never: string;
  readonly assertions: Readonly<Record<Assertion, string>>;
  /** The largest count that a single repetition may have. */
  readonly maxCount: number;
};

/** For `RegExp` with the flag `u`. */
const native: Dialect = {
  point: point => (isPlain(point) ? String.fromCharCode(point) : `\\u{${point.toString(16)}}`),
  never: '[]',
  assertions: {
    start: '^',
    // Not a bare `$`: from where an expression that ends in one is searched, V8 counts back in halves of characters, so that
    // `/[^a]$/u` misses a text that is one character of two halves (Node 26.10; not Node 20).
    end: '(?=$)',
    // Said positively: V8 also looks between the two halves of a character, where a negative form holds.
    'line-start': '(?<=\\n|^)',
    'line-end': '(?=\\n|$)',
    'word-edge': '\\b',
    'no-word-edge': '(?:(?<=\\w)(?=\\w)|(?<=\\W|^)(?=\\W|$))',
  },
  maxCount: 1_000_000,
};

/** For RE2. */
const re2: Dialect = {
  point: point => (isPlain(point) ? String.fromCharCode(point) : `\\x{${point.toString(16)}}`),
  never: '[^\\x{0}-\\x{10ffff}]',
  assertions: {
    start: '\\A',
    end: '\\z',
    'line-start': '(?m:^)',
    'line-end': '(?m:$)',
    'word-edge': '\\b',
    'no-word-edge': '\\B',
  },
  maxCount: 1000,
};

function isPlain(point: number): boolean {
  return (
    (point >= 0x30 && point <= 0x39) || (point >= 0x41 && point <= 0x5a) || (point >= 0x61 && point <= 0x7a)
  );
}

function emitSet(set: CharSet, dialect: Dialect): string {
  if (set.length === 0) return dialect.never;
  if (set.length === 2 && set[0] === set[1]) return dialect.point(set[0]!);
  let out = '[';
  for (let i = 0; i < set.length; i += 2) {
    out += dialect.point(set[i]!);
    if (set[i + 1]! > set[i]!) out += `-${dialect.point(set[i + 1]!)}`;
  }
  return `${out}]`;
}

function emitCount(body: string, min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) {
    if (min === 0) return `${body}*`;
    return min === 1 ? `${body}+` : `${body}{${min},}`;
  }
  if (min === 0 && max === 1) return `${body}?`;
  return min === max ? `${body}{${min}}` : `${body}{${min},${max}}`;
}

/** A repetition, in pieces where its counts are more than the engine takes. */
function emitRepeat(body: string, min: number, max: number, limit: number): string {
  let out = '';
  let low = min;
  let high = max;
  while (low > limit || (high !== Number.POSITIVE_INFINITY && high > limit)) {
    const piece = Math.min(low, limit);
    out += piece > 0 ? emitCount(body, piece, piece) : emitCount(body, 0, limit);
    low -= piece;
    high -= piece > 0 ? piece : limit;
  }
  return out + (high > 0 ? emitCount(body, low, high) : '');
}

/** The largest product of counts on a way down the tree: RE2 bounds that, not each count. */
function countProduct(node: RegexNode): number {
  switch (node.op) {
    case 'set':
    case 'assert':
      return 1;
    case 'sequence':
    case 'either':
      return node.nodes.reduce((most, child) => Math.max(most, countProduct(child)), 1);
    case 'repeat':
      return (
        countProduct(node.node) * Math.max(1, node.min, node.max === Number.POSITIVE_INFINITY ? 0 : node.max)
      );
  }
}

function emit(node: RegexNode, dialect: Dialect): string {
  switch (node.op) {
    case 'set':
      return emitSet(node.set, dialect);
    case 'assert':
      return dialect.assertions[node.at];
    case 'sequence':
      return node.nodes
        .map(child => (child.op === 'either' ? `(?:${emit(child, dialect)})` : emit(child, dialect)))
        .join('');
    case 'either':
      return node.nodes.map(child => emit(child, dialect)).join('|');
    case 'repeat': {
      const inner = emit(node.node, dialect);
      const body = node.node.op === 'set' ? inner : `(?:${inner})`;
      const limit = Math.max(1, Math.floor(dialect.maxCount / countProduct(node.node)));
      return emitRepeat(body, node.min, node.max, limit);
    }
  }
}

/** Source for `new RegExp(source, 'u')`. */
export function nativeSource(node: RegexNode): string {
  return emit(node, native);
}

/** Source for RE2, without flags. */
export function re2Source(node: RegexNode): string {
  return emit(node, re2);
}
