import { describe, expect, it } from 'vitest';
import { at } from '../../../test/intrusions.ts';
import { markup } from './html.ts';
import { createClock, isZone } from './times.ts';

const auckland = createClock('Pacific/Auckland');
const text = (html: Parameters<typeof markup>[0]): string => markup(html).replace(/<[^>]*>/g, '');

describe('times of the page', () => {
  it('are in UTC, and name the moment for programs', () => {
    expect(markup(createClock(null).at(at('2026-10-08T01:52:13.25Z')))).toBe(
      '<time datetime="2026-10-08T01:52:13.250000Z">2026-10-08 01:52:13 UTC</time>',
    );
  });

  it('have the site’s time beside them', () => {
    expect(text(auckland.at(at('2026-10-08T01:52:13Z')))).toBe('2026-10-08 01:52:13 UTC (14:52:13 +13:00)');
  });

  it('say the day of the site where it is another', () => {
    expect(text(auckland.at(at('2026-10-08T12:00:00Z')))).toBe(
      '2026-10-08 12:00:00 UTC (2026-10-09 01:00:00 +13:00)',
    );
  });

  it('tell apart the two hours that the end of summer time makes one', () => {
    expect(auckland.site(at('2026-04-04T13:30:00Z'))).toBe('2026-04-05 02:30:00 +13:00');
    expect(auckland.site(at('2026-04-04T14:30:00Z'))).toBe('2026-04-05 02:30:00 +12:00');
  });

  it('know zones of half hours and of none', () => {
    expect(createClock('Asia/Kolkata').site(at('2026-10-08T01:00:00Z'))).toBe('06:30:00 +05:30');
    expect(createClock('UTC').site(at('2026-10-08T01:00:00Z'))).toBe('01:00:00 +00:00');
  });

  it('are said to be none where there is none', () => {
    for (const none of [0, Number.POSITIVE_INFINITY, Number.NaN, 1e30]) {
      expect(text(auckland.at(none))).toBe('no time');
    }
  });

  it('are in UTC alone in a zone that nobody knows', () => {
    expect(isZone('Middle/Earth')).toBe(false);
    expect(createClock('Middle/Earth').zone).toBe(null);
  });

  it('say how long a span is', () => {
    const [first, last] = [at('2026-10-08T01:52:13Z'), at('2026-11-02T03:05:31Z')];
    expect(text(createClock(null).span(first, last))).toBe(
      '2026-10-08 01:52:13 UTC to 2026-11-02 03:05:31 UTC, 25 d 1 h',
    );
  });
});

describe('times in sentences', () => {
  it('get the site’s time', () => {
    expect(text(auckland.sentence('2026-10-08 01:52:13 to 02:05:10 UTC, somebody on dc1: x.'))).toBe(
      '2026-10-08 01:52:13 to 02:05:10 UTC (14:52:13 +13:00 to 15:05:10 +13:00), somebody on dc1: x.',
    );
  });

  it('are left alone where they do not say that they are UTC', () => {
    const said = 'tar -cf 2026-10-08 01:52:13 and 2026-99-99 01:52:13 UTC';
    expect(text(auckland.sentence(said))).toBe(said);
  });

  it('are escaped with the rest of the sentence', () => {
    expect(markup(auckland.sentence('<b> 2026-10-08 01:52:13 UTC <i>'))).toBe(
      '&lt;b&gt; 2026-10-08 01:52:13 UTC <span class="site">(14:52:13 +13:00)</span> &lt;i&gt;',
    );
  });
});
