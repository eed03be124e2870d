/**
 * A condition as an indented tree. With an event each part has a mark that reads without colour (✓ held, ✗ did not),
 * and below each test stands the value that it looked at: masked, harmless, and of a long one the part that matters.
 */
import { type View, views } from '../../know/logsources/index.ts';
import type { Explained, ExplainedTest } from '../../match/index.ts';
import { mask } from '../masking/index.ts';
import { clip, displayWidth, plain, type Style, style, wrap } from '../terminal/index.ts';
import type { ExplanationOptions } from './types.ts';
import { literalsOf, testWords } from './words.ts';

/** Children of one part that are shown; the rest is counted (`--format json` has all). */
const SHOWN = 12;
/** Values of one field, and lines of one value. */
const VALUES = 3;
const LINES = 3;
const STEP = 2;

type Context = ExplanationOptions & { readonly view: View | null; readonly paint: Style };

/** Lines of at most `width` columns (a longer word stays whole). `view` is the name of the route's view. */
export function treeLines(node: Explained, view: string, options: ExplanationOptions): string[] {
  return lines(node, 1, { ...options, view: views.get(view) ?? null, paint: style(options.color) });
}

function lines(node: Explained, depth: number, context: Context): string[] {
  const { words, inner } = header(node);
  if (inner.op === 'test') {
    if (words === '') return testLines(inner, depth, context);
    return [...line(node.held, words, depth, context), ...testLines(inner, depth + 1, context)];
  }
  const own = line(node.held, words, depth, context);
  if (inner.op !== 'and' && inner.op !== 'or') return own;
  const shown = choose(inner.nodes, inner.held);
  const rest = inner.nodes.length - shown.length;
  return [
    ...own,
    ...shown.flatMap(child => lines(child, depth + 1, context)),
    ...(rest === 0 ? [] : [context.paint.dim(`${indent(depth + 1, context, node.held)}… and ${rest} more`)]),
  ];
}

/** `not filter: any of` for a chain of nodes with one child each, and what it leads to. */
function header(node: Explained): { words: string; inner: Explained } {
  let words = '';
  let inner = node;
  while (inner.op === 'not' || inner.op === 'named') {
    words = `${words === '' ? '' : `${words} `}${inner.op === 'not' ? 'not' : `${plain(inner.name)}:`}`;
    inner = inner.node;
  }
  const last = { and: 'all of', or: 'any of', true: 'always', false: 'never', test: '' }[
    inner.op as 'and' | 'or' | 'true' | 'false' | 'test'
  ];
  return { words: words === '' || last === '' ? words + last : `${words} ${last}`, inner };
}

/** The children to show, in their order: those that decided how the whole came out (`held`) before all others. */
function choose(nodes: readonly Explained[], held: boolean | null): readonly Explained[] {
  if (nodes.length <= SHOWN) return nodes;
  const decided = nodes.filter(node => node.held === held).slice(0, SHOWN);
  const others = nodes.filter(node => node.held !== held).slice(0, SHOWN - decided.length);
  const shown = new Set([...decided, ...others]);
  return nodes.filter(node => shown.has(node));
}

function marked(held: boolean | null, { paint }: Context): string {
  if (held === null) return '';
  return held ? `${paint.good('✓')} ` : `${paint.level('high', '✗')} `;
}

const indent = (depth: number, _: Context, held: boolean | null): string =>
  ' '.repeat(STEP * depth + (held === null ? 0 : 2));

/** A line with its mark, wrapped under its text. */
function line(held: boolean | null, text: string, depth: number, context: Context): string[] {
  const before = indent(depth, context, held);
  const [first, ...rest] = wrap(text, Math.max(20, context.width - before.length - STEP));
  return [
    ' '.repeat(STEP * depth) + marked(held, context) + first,
    ...rest.map(more => `${before}${' '.repeat(STEP)}${more.trimStart()}`),
  ];
}

function testLines(node: ExplainedTest, depth: number, context: Context): string[] {
  const { field, test, held, seen } = node;
  const words = `${plain(field ?? 'any value')} ${plain(testWords(test, seen?.pattern ?? -1, held === true))}`;
  const own = line(held, words, depth, context);
  if (seen === null) return own;
  const before = indent(depth + 1, context, held);
  return [...own, ...reasons(node, context.width - before.length, context).map(text => before + text)];
}

/** What the test saw, a line each. */
function reasons(node: ExplainedTest, room: number, context: Context): string[] {
  const { field, test, held, seen } = node;
  if (seen === null) return [];
  const { paint } = context;
  const name = ownName(field, context.view);
  if (field === null && seen.value < 0) return [paint.dim('no value of the event does')];
  const out: string[] = [];
  if (seen.values === null) out.push(paint.dim(missingText(field!, context.view)));
  else out.push(...valueLines(node, `${name}= `, room, context));
  if (test.kind === 'fieldref') out.push(...otherLines(test.field, seen.others, room, context));
  if (held === false && seen.near === 'case') out.push(paint.dim('only upper and lower case differ'));
  if (held === false && seen.near === 'place')
    out.push(paint.dim('the text is in the value, but not at that place'));
  return out;
}

function valueLines(node: ExplainedTest, before: string, room: number, context: Context): string[] {
  const { test, seen } = node;
  const values = seen!.values!;
  const chosen = seen!.value >= 0 ? [values[seen!.value]!] : values.slice(0, VALUES);
  const rest = values.length - chosen.length;
  const literals = literalsOf(test, seen!.pattern);
  return [
    ...chosen.flatMap(value => labelled(before, value, literals, room, context)),
    ...(rest > 0 ? [context.paint.dim(`and ${rest} more ${rest === 1 ? 'value' : 'values'}`)] : []),
  ];
}

/** The field that a reference leads to. */
function otherLines(
  field: string,
  values: readonly string[] | null,
  room: number,
  context: Context,
): string[] {
  if (values === null) return [context.paint.dim(missingText(field, context.view))];
  return values.slice(0, VALUES).flatMap(value => labelled(`${plain(field)} = `, value, [], room, context));
}

function labelled(
  before: string,
  value: string,
  literals: readonly string[],
  room: number,
  context: Context,
): string[] {
  const width = displayWidth(before);
  return shown(value, literals, room - width, context).map(
    (row, i) => (i === 0 ? context.paint.dim(before) : ' '.repeat(width)) + row,
  );
}

/** The event's own name of a field that a view renames, with a blank. */
function ownName(field: string | null, view: View | null): string {
  const from = field === null ? undefined : view?.fields.get(field);
  if (from === undefined) return '';
  return from.kind === 'rename' ? `${from.from} ` : `from ${from.from.slice(0, 2).join(', ')} `;
}

function missingText(field: string, view: View | null): string {
  if (view?.absent.has(field)) return `${view.label} never has ${plain(field)}`;
  return `the event has no ${plain(field)}`;
}

/**
 * A value in at most `LINES` lines: masked, harmless, of a longer one the part around what was looked for. Broken where
 * a line is full, so that blanks stay what they are.
 */
function shown(value: string, literals: readonly string[], room: number, { reveal }: Context): string[] {
  const text = plain(reveal ? value : mask(value));
  if (text === '') return ['(empty)'];
  const width = Math.max(20, room);
  return broken(excerpt(text, literals, LINES * width), width);
}

/** At most `most` columns of `text`, those around the first of `literals` where that lies beyond. */
function excerpt(text: string, literals: readonly string[], most: number): string {
  if (displayWidth(text) <= most) return text;
  const lower = text.toLowerCase();
  const at = literals.map(literal => lower.indexOf(plain(literal).toLowerCase())).find(index => index >= 0);
  if (at === undefined || at < most / 2) return clip(text, most);
  const start = at - Math.floor(most / 4);
  // Never half a surrogate pair.
  const whole = /[\udc00-\udfff]/.test(text[start]!) ? start - 1 : start;
  return `…${clip(text.slice(whole), most - 1)}`;
}

function broken(text: string, width: number): string[] {
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const char of text) {
    const next = displayWidth(char);
    if (used + next > width) {
      rows.push(row);
      row = '';
      used = 0;
    }
    row += char;
    used += next;
  }
  return [...rows, row];
}
