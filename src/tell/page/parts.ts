/** Pieces of markup that several sections use. */
import { counted, plain } from '../terminal/index.ts';
import { type Filling, type Html, html } from './html.ts';
import { MOST_NAMES } from './words.ts';

/** Of a name. */
const MOST_LETTERS = 72;

/** A section under its heading; the name of the heading is the name of the landmark. */
export function section(id: string, title: string, content: Filling): Html {
  return html`
<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`;
}

/**
 * A name from a log: right-to-left letters in it turn nothing outside it, and marks at its beginning do not sit on what stands
 * before it. Of a very long one the ends are shown; `fullName` where there is room.
 */
export function name(text: string): Html {
  const letters = text.length <= MOST_LETTERS ? null : [...plain(text)];
  if (letters === null || letters.length <= MOST_LETTERS) return fullName(text);
  const ends = `${letters.slice(0, 40).join('')}…${letters.slice(-20).join('')}`;
  return html`<bdi class="name" title="${text}">${grounded(ends)}</bdi>`;
}

export function fullName(text: string): Html {
  return html`<bdi class="name">${grounded(text)}</bdi>`;
}

/** A combining mark needs a letter to stand on: a dotted circle, as Unicode has it. */
function grounded(text: string): string {
  return /^\p{M}/u.test(text) ? `\u25cc${text}` : text;
}

/** Names with commas; beyond `most` they are counted. */
export function names(all: readonly string[], most: number = MOST_NAMES): Html {
  const shown = all.slice(0, most).map((each, i) => html`${i > 0 && ', '}${name(each)}`);
  return html`${shown}${all.length > most && ` and ${all.length - most} more`}`;
}

/** `4 hosts: a, b, c, d`; `no host named`. */
export function countedNames(all: readonly string[], one: string, many = `${one}s`): Html {
  if (all.length === 0) return html`no ${one} named`;
  return html`${counted(all.length, one, many)}: ${names(all)}`;
}

/** A list of sentences; ordered where order matters. */
export function list(items: readonly Filling[], kind: 'ul' | 'ol' = 'ul'): Html | null {
  if (items.length === 0) return null;
  const lines = items.map(each => html`<li>${each}</li>`);
  return kind === 'ol' ? html`<ol>${lines}</ol>` : html`<ul>${lines}</ul>`;
}

/** What unfolds. On paper it stands open unless `onPaper` is false. */
export function details(
  summary: Filling,
  content: Filling,
  { onPaper = true, isOpen = false }: { readonly onPaper?: boolean; readonly isOpen?: boolean } = {},
): Html {
  return html`<details${onPaper && html` class="printed"`}${isOpen && html` open`}><summary>${summary}</summary>
${content}</details>`;
}

/** A table that scrolls inside itself; `label` is its caption, `kind` what its style goes by. */
export function table(
  label: Filling,
  heads: readonly string[],
  rows: readonly Filling[],
  kind = 'plain',
): Html {
  return html`<div class="scroll" role="group" aria-label="A table that may scroll sideways" tabindex="0">
<table class="${kind}"><caption>${label}</caption>
<thead><tr>${heads.map(each => html`<th scope="col">${each}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** An address of a page, as a link only where it is one of the web. Nothing is loaded from it unless somebody follows it. */
export function webLink(url: string, text: string = url): Html {
  return /^https:\/\/[\w.-]+(?:[/?#]|$)/.test(url)
    ? html`<a href="${url}" rel="noreferrer noopener">${text}</a>`
    : html`${text}`;
}

/** What a person copies into a console or a policy editor, line by line. */
export function command(text: string): Html {
  return html`<code class="command">${lines(text)}</code>`;
}

/** Line breaks are kept; each line is made plain by itself. */
export function lines(text: string): Html {
  const each = text.trimEnd().split('\n');
  return html`${each.map((line, i) => html`${i > 0 && html`\n`}${line}`)}`;
}
