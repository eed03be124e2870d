/** The data of the script: as it was, small, and naming the rows that stand on the page. */
import { describe, expect, it } from 'vitest';
import { hostileInput, largeInput, pageInput, strangeInput } from '../../../test/page.ts';
import { renderPage } from './page.ts';
import { pageData } from './page-data.ts';
import { viewOf } from './view.ts';

describe('the data of the page', () => {
  it('is as it was', async () => {
    const text = `${JSON.stringify(pageData(viewOf(pageInput())), null, 1)}\n`;
    await expect(text).toMatchFileSnapshot('../../../test/golden/report-data.golden');
  });

  it('names rows that are on the page', () => {
    for (const input of [pageInput(), hostileInput(), strangeInput()]) {
      const page = renderPage(input, null);
      for (const { id } of pageData(viewOf(input)).evidence) expect(page).toContain(`<tr id="e-${id}"`);
    }
  });

  it('points only at what is there', () => {
    const data = pageData(viewOf(largeInput(800, 100)));
    const within = (at: number, list: readonly unknown[]): boolean => at >= -1 && at < list.length;
    for (const each of data.evidence) {
      expect(within(each.host, data.hosts) && each.host >= 0).toBe(true);
      expect(within(each.account, data.accounts)).toBe(true);
      expect(within(each.source, data.sources)).toBe(true);
      expect(within(each.stage, data.stages)).toBe(true);
      expect(within(each.parent, data.evidence)).toBe(true);
    }
    for (const { from, to } of data.links) expect(from >= 0 && to < data.evidence.length).toBe(true);
  });

  it('holds no text that hides or turns others', () => {
    const hidden = /\\u00|[\u202e\u2028]/.exec(JSON.stringify(pageData(viewOf(hostileInput()))));
    expect(hidden).toBe(null);
  });

  it('says null for a time that is not there', () => {
    expect(pageData(viewOf(strangeInput())).evidence[0]!.at).toBe(null);
  });
});
