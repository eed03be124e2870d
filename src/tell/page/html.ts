/**
 * HTML through one door. A template escapes whatever is put into it, between tags as in attributes, so that nobody has to
 * remember to; only what a template made itself goes in as it is, and no other code can make such a value. Text from logs is
 * first made plain, as on a terminal: on one line, without control characters and without characters that hide or turn others.
 * Templates must quote their attributes and hold no script; names of elements and attributes never come from values.
 */
import { jsonText } from '../json-text.ts';
import { plain } from '../terminal/index.ts';

const made: unique symbol = Symbol('made by html');

/** Markup that a template made. */
export type Html = { readonly [made]: string };

/** What may stand in a template: text is escaped; nothing at all is left out. */
export type Filling = Html | string | number | null | undefined | false | readonly Filling[];

const nothing: Html = { [made]: '' };

/** Markup from a template: `` html`<td>${text}</td>` ``. */
export function html(parts: TemplateStringsArray, ...fillings: readonly Filling[]): Html {
  let text = parts[0]!;
  for (let i = 0; i < fillings.length; i++) text += filled(fillings[i]) + parts[i + 1]!;
  return { [made]: text };
}

/** The markup as text, to be written. */
export function markup(value: Html): string {
  return value[made];
}

/** `value` where `isShown`; so that templates need no nested conditions. */
export function when(isShown: boolean, value: () => Html): Html {
  return isShown ? value() : nothing;
}

/** What stands in a program's own style or script element: written as it is, so it must not hold what would end it. */
export function inline(element: 'style' | 'script', text: string): Html {
  if (/<\/|<!--|<script|\r/i.test(text))
    throw new Error(`text of a ${element} element holds what could end it`);
  return element === 'style' ? { [made]: `<style>${text}</style>` } : { [made]: `<script>${text}</script>` };
}

/**
 * A value as a data block that no script runs: JSON in which no character is left that could end the element, begin a
 * comment, or be read as a line break by a script.
 */
export function dataBlock(id: string, value: unknown): Html {
  return { [made]: `<script type="application/json" id="${escaped(id)}">${safeJson(value)}</script>` };
}

/** JSON on one line without `<`, `>`, `&`, escaped as all our JSON. */
export function safeJson(value: unknown): string {
  return jsonText(value, 0).replace(/[<>&]/g, each => `\\u00${each.charCodeAt(0).toString(16)}`);
}

function filled(filling: Filling): string {
  if (typeof filling === 'string') return escaped(filling);
  if (typeof filling === 'number') return String(filling);
  if (filling === null || filling === undefined || filling === false) return '';
  if (!isList(filling)) return filling[made];
  let text = '';
  for (const each of filling) text += filled(each);
  return text;
}

function isList(filling: Html | readonly Filling[]): filling is readonly Filling[] {
  return Array.isArray(filling);
}

const special = /[&<>"'`]/g;
const hasSpecial = /[&<>"'`]/;
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escaped(text: string): string {
  const shown = plain(text);
  return hasSpecial.test(shown) ? shown.replace(special, each => references[each]!) : shown;
}
