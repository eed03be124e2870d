/** The page as a whole: what it says, that it is well-formed and inert whatever a log holds, and what it costs. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { intrusion } from '../../../test/intrusions.ts';
import { hostileInput, largeInput, pageInput, quietInput, strangeInput } from '../../../test/page.ts';
import { renderPage } from './page.ts';
import type { PageInput } from './types.ts';

const page = (input: PageInput): string => renderPage(input, null);
const inputs: readonly (readonly [string, () => PageInput])[] = [
  ['two stories', pageInput],
  ['nothing found', quietInput],
  ['hostile logs', hostileInput],
  ['strange names', strangeInput],
  ['much evidence', () => largeInput(300, 50)],
];

type Tag = { readonly name: string; readonly attributes: ReadonlyMap<string, string> };

const element = /<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z][\w:-]*(?:="[^"<>]*")?)*) ?(\/?)>/g;
const alone = new Set(['meta', 'br', 'path', 'rect', 'line']);

/** Every tag of a page, in a grammar far stricter than HTML's; throws where anything else looks like markup. */
function tagsOf(text: string): Tag[] {
  const body = text
    .replace(/^<!DOCTYPE html>\n/, '')
    .replace(/<style>[^<]*<\/style>/, '<style></style>')
    .replace(/(<script type="application\/json" id="huntaway-data">)[^<]*(<\/script>)/, '$1$2');
  const stray = /[^\n]{0,40}[<>][^\n]{0,40}/.exec(body.replace(element, ''));
  if (stray !== null) throw new Error(`stray markup: ${stray[0]}`);
  const open: string[] = [];
  const tags: Tag[] = [];
  for (const [, slash, name, rest] of body.matchAll(element)) {
    if (slash === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
      continue;
    }
    if (!alone.has(name!)) open.push(name!);
    const pairs = [...rest!.matchAll(/ ([a-zA-Z][\w:-]*)(?:="([^"]*)")?/g)].map(
      ([, key, value]) => [key!, value ?? ''] as const,
    );
    if (new Set(pairs.map(([key]) => key)).size < pairs.length)
      throw new Error(`twice the same attribute in <${name}>`);
    tags.push({ name: name!, attributes: new Map(pairs) });
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(' ')}`);
  return tags;
}

/** What a reader reads, a block a line. */
function textOf(text: string): string {
  return text
    .replace(/<(style|script)[^>]*>[^<]*<\/\1>/g, '')
    .replace(/<\/(?:p|li|h\d|tr|dt|dd|summary|caption|text|title|desc|div)>|<br>/g, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(
      /&(?:amp|lt|gt|quot|#39|#96|nbsp);/g,
      each => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" })[each] ?? ' ',
    )
    .replace(/ +/g, ' ')
    .replace(/ *\n[ \n]*/g, '\n');
}

describe.each(inputs)('the page of %s', (_, input) => {
  const text = page(input());
  const tags = tagsOf(text);
  const having = (key: string): string[] => tags.flatMap(({ attributes }) => attributes.get(key) ?? []);

  it('names each thing once, and leads only to what it names', () => {
    const ids = having('id');
    expect(ids.length).toBe(new Set(ids).size);
    for (const href of having('href')) {
      if (href.startsWith('#')) expect(ids).toContain(href.slice(1));
      else expect(href).toMatch(/^https:\/\/learn\.microsoft\.com\//);
    }
    for (const labels of having('aria-labelledby'))
      for (const label of labels.split(' ')) expect(ids).toContain(label);
  });

  it('runs nothing and loads nothing', () => {
    const names = new Set(tags.map(({ name }) => name));
    for (const active of [
      'img',
      'iframe',
      'object',
      'embed',
      'link',
      'base',
      'form',
      'use',
      'image',
      'foreignObject',
    ]) {
      expect(names).not.toContain(active);
    }
    expect(
      tags.filter(({ name }) => name === 'script').map(({ attributes }) => attributes.get('type')),
    ).toEqual(['application/json']);
    for (const { attributes } of tags)
      for (const key of attributes.keys()) expect(key).not.toMatch(/^(?:on|style$|src|xlink)/);
    expect(/<style>([^<]*)/.exec(text)![1]).not.toMatch(/url\(|@import/);
  });

  it('holds no character that hides or turns others', () => {
    expect(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]/.exec(text)).toBe(null);
  });

  it('has its landmarks, and headings that skip no level', () => {
    const names = tags.map(({ name }) => name);
    for (const landmark of ['header', 'main', 'nav', 'footer', 'h1'])
      expect(names.filter(name => name === landmark)).toHaveLength(1);
    const levels = names.filter(name => /^h\d$/.test(name)).map(name => Number(name[1]));
    for (const [i, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
    expect(tags.filter(({ name }) => name === 'th').every(({ attributes }) => attributes.has('scope'))).toBe(
      true,
    );
  });

  it('puts nothing to press inside what unfolds', () => {
    for (const [, summary] of text.matchAll(/<summary>(.*?)<\/summary>/gs))
      expect(summary).not.toMatch(/<(?:a|button)\b/);
  });

  it('has every section', () => {
    for (const id of [
      'summary',
      'story',
      'timeline',
      'graph',
      'processes',
      'matrix',
      'evidence',
      'todo',
      'limits',
    ]) {
      expect(text).toContain(`<section id="${id}"`);
    }
  });

  it('is marked at its beginning and its end', () => {
    const marks = [...text.matchAll(/<p class="tlp">TLP:AMBER\+STRICT<\/p>/g)].map(({ index }) => index);
    expect(marks).toHaveLength(2);
    expect(text.slice(0, marks[0]).match(/<(?:h1|main)/)).toBe(null);
    expect(textOf(text.slice(marks[1]!)).trim()).toBe('TLP:AMBER+STRICT');
  });
});

describe('what the page says', () => {
  const said = (over: Partial<PageInput> = {}): string => textOf(page(pageInput(over)));
  const top = (text: string): string => text.slice(0, text.indexOf('What now'));

  it('is as it was', async () => {
    await expect(said()).toMatchFileSnapshot('../../../test/golden/report-text.golden');
  });

  it('begins with the verdict, the plant and what could not be seen', () => {
    const lines = said()
      .split('\n')
      .map(line => line.trim());
    const verdict = lines.findIndex(line => line.includes('Strong evidence of intrusion'));
    const plant = lines.findIndex(line => line.startsWith('Reached OT: evidence'));
    const blind = lines.findIndex(line => line.includes('What could not be seen'));
    expect(verdict).toBeGreaterThan(0);
    expect(verdict < plant && plant < blind).toBe(true);
  });

  it('says that nothing found shows no absence', () => {
    const text = top(textOf(page(quietInput())));
    expect(text).toContain('Nothing found. This does not show absence.');
    expect(text).not.toContain('evidence of intrusion');
  });

  it('says so where people dismissed all that was found', () => {
    const dismissed = pageInput().intrusions.map(({ id }) => ({
      ...pageInput().cases[0]!,
      intrusion: id,
      state: 'dismissed' as const,
    }));
    expect(top(said({ cases: dismissed }))).toContain(
      'Nothing found but what people dismissed (2). This does not show absence.',
    );
  });

  it('says since when by the strongest evidence alone', () => {
    const [strong, moderate] = pageInput().intrusions;
    const early = { ...moderate!, firstSeen: 1e15 };
    const text = said({ intrusions: [strong!, early] });
    expect(text).toContain('At least since 2024-03-11 14:02:10 UTC');
    expect(text).toContain('Weaker evidence begins at 2001-09-09');
  });

  it('calls it an incident only where a person did', () => {
    expect(said()).toContain('Nobody has confirmed an incident.');
    const confirmed = { ...pageInput().cases[0]!, state: 'confirmed' as const, aware: 1_790_000_000e6 };
    expect(said({ cases: [confirmed] })).toContain('Time of awareness: 2026-09-21');
  });

  it('never tells the plant to isolate, reboot or block', () => {
    expect(said()).toContain('At the plant: do not isolate, reboot or block');
    const [first] = pageInput().intrusions;
    expect(said({ intrusions: [{ ...first!, hosts: ['dc1.wairua.test'] }] })).not.toContain(
      'At the plant: do not',
    );
  });

  it('counts what it left out', () => {
    const text = textOf(page(largeInput(5600, 1200)));
    expect(text).toMatch(/Left out of this page to keep it small: 600 lighter pieces of evidence/);
    expect(text).toContain('200 groups of other findings');
  });

  it('tells a story without evidence, times and hosts', () => {
    const bare = intrusion({
      firstSeen: 0,
      lastSeen: 0,
      hosts: [],
      accounts: [],
      sources: [],
      evidence: [],
      links: [],
      story: [],
      first: [],
      for: [],
      settle: [],
    });
    expect(said({ intrusions: [bare] })).toContain('No event of it says a time.');
  });
});

describe('the policy', () => {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policyOf = (text: string): string =>
    /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)![1]!.replaceAll('&#39;', "'");

  it('lets nothing in but the page’s own style', () => {
    const text = page(pageInput());
    const style = /<style>([^<]*)<\/style>/.exec(text)![1]!;
    expect(policyOf(text)).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src 'none'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  it('lets the page’s own script run', () => {
    const script = "document.title = 'a' && 'b'; // ✓";
    const text = renderPage(pageInput(), { script });
    expect(text).toContain(`<script>${script}</script>`);
    expect(policyOf(text)).toContain(`script-src ${hash(script)}`);
  });

  it('stands before anything that it governs', () => {
    const text = page(pageInput());
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<style>'));
  });
});

describe('what the page costs', () => {
  const size = (input: PageInput): number => Buffer.byteLength(page(input));

  it('is seconds for 5,000 pieces of evidence and 50,000 other findings', () => {
    const input = largeInput(5000, 50_000);
    const started = performance.now();
    page(input);
    // Half a second on an idle machine; the bound is for a very busy one, and for work that grows with the square.
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  it('is at most fifteen megabytes, whatever the events hold', () => {
    const input = largeInput(5000, 50_000);
    const raw = 'x"'.repeat(1000);
    expect(size({ ...input, rawOf: () => raw })).toBeLessThan(15_000_000);
    const [first] = input.intrusions;
    const wordy = first!.evidence.map(each => ({ ...each, example: '<"&'.repeat(3000) }));
    expect(size({ ...input, intrusions: [{ ...first!, evidence: wordy }] })).toBeLessThan(15_000_000);
  });
});
