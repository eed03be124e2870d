/** Nothing that is put into a template can become markup, and nothing in a data block can end it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostile } from '../../../test/page.ts';
import { plain } from '../terminal/index.ts';
import { dataBlock, html, inline, markup, when } from './html.ts';

/** Text with what matters to HTML, JSON and eyes more often than chance would have it. */
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '`',
      '/',
      '!',
      '-',
      '\0',
      '\r',
      '\n',
      '\u2028',
      '\u202e',
      '\u200b',
    ),
    fc.constantFrom('</script', '<!--', ']]>', '&lt;', '\ud800', '\udb40\udc41', 'ש', '\u0301'),
    fc.string({ minLength: 1, maxLength: 3, unit: 'binary' }),
  ),
  maxLength: 40,
});

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#96;': '`',
};
/** As a browser reads text and attributes. */
const read = (written: string): string =>
  written.replace(/&(?:amp|lt|gt|quot|#39|#96);/g, each => entities[each]!);

describe('a template', () => {
  it('shows any text as plain text', () => {
    fc.assert(
      fc.property(nasty, text => {
        const written = markup(html`${text}`);
        expect(written).not.toMatch(/[<>"'`]/);
        expect(read(written)).toBe(plain(text));
      }),
    );
  });

  it('keeps any text inside its attribute', () => {
    fc.assert(
      fc.property(nasty, text => {
        const written = markup(html`<p title="${text}">x</p>`);
        const [, value] = /^<p title="([^"<>]*)">x<\/p>$/.exec(written) ?? [];
        expect(read(value!)).toBe(plain(text));
      }),
    );
  });

  it('holds no character that hides or turns others', () => {
    expect(markup(html`${hostile}`)).not.toMatch(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]/);
  });

  it('takes what another made as it is', () => {
    expect(markup(html`<ul>${['a', '<b>'].map(each => html`<li>${each}</li>`)}</ul>`)).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul>',
    );
  });

  it('leaves out what is not there', () => {
    expect(markup(html`${null}${undefined}${false}${[]}${when(false, () => html`x`)}${0}`)).toBe('0');
  });
});

describe('a data block', () => {
  it('gives back any value', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, fc.integer(), fc.constant(null))), value => {
        const [, json] = /^<script type="application\/json" id="d">(.*)<\/script>$/s.exec(
          markup(dataBlock('d', value)),
        )!;
        const whole = value.map(each =>
          typeof each === 'string' ? each.replace(/\p{Surrogate}/gu, '\ufffd') : each,
        );
        expect(JSON.parse(json!)).toEqual(whole);
      }),
    );
  });

  it('holds nothing that could end it, begin a comment or break a line', () => {
    fc.assert(
      fc.property(fc.array(nasty), value => {
        const inner = markup(dataBlock('d', value)).slice(
          '<script type="application/json" id="d">'.length,
          -9,
        );
        expect(inner).not.toMatch(/[<>&\0-\x1f\u2028\u2029\u202e]/);
      }),
    );
  });
});

describe('a style or script of ours', () => {
  it.each(['x</script>', 'a<!--b', 'x</SCRIPT', 'a\r\nb'])('is refused with %j in it', text => {
    expect(() => inline('script', text)).toThrow('could end it');
  });

  it('is written as it is', () => {
    expect(markup(inline('style', 'a>b{}'))).toBe('<style>a>b{}</style>');
  });
});
