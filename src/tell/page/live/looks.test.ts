/** The findings page as different readers meet it: in the dark, on a phone, on paper, without scripts, by ear, and under attack. */
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launch, liveReport, open } from '../../../../test/browser.ts';
import { hostileInput, pageInput, quietInput, strangeInput } from '../../../../test/page.ts';
import { renderPage } from '../index.ts';

let browser: Browser;
let html = '';

async function drawn(page: Page): Promise<void> {
  await page.locator('.live-drawing').scrollIntoViewIfNeeded();
  await page.locator('.live-drawing .mark').first().waitFor({ state: 'attached' });
}

/** Opens what unfolds, a few rows of evidence among it, so that all of the page is looked at. */
async function unfold(page: Page): Promise<void> {
  await drawn(page);
  await page.evaluate(() => {
    for (const each of document.querySelectorAll('details')) each.open = true;
    for (const each of [...document.querySelectorAll<HTMLElement>('.live-open')].slice(0, 3)) each.click();
    document.querySelector<SVGElement>('.live-drawing .mark')?.focus();
  });
}

describe.skipIf(chromiumPath === null)('the findings page, as it looks', () => {
  beforeAll(async () => {
    browser = await launch();
    html = liveReport(pageInput());
  });
  afterAll(() => browser.close());

  it.each([400, 1440])('fits a screen of %i pixels, whatever names the logs hold', async width => {
    for (const input of [pageInput(), strangeInput(), quietInput()]) {
      const { page } = await open(browser, liveReport(input), { viewport: { width, height: 900 } });
      if (input.intrusions.length > 0) await unfold(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
    }
  });

  it('follows the reader’s choice of dark or light, in all that the script adds', async () => {
    const colours: string[][] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(browser, html, { colorScheme });
      await drawn(page);
      colours.push(
        await page.evaluate(() =>
          ['.live-bar', '.live-bar select', '.live button', '.live-overview .all'].map(each => {
            const style = getComputedStyle(document.querySelector(each)!);
            return each.includes('.all') ? style.fill : style.backgroundColor;
          }),
        ),
      );
    }
    const [light, dark] = colours as [string[], string[]];
    for (const [i, colour] of light.entries()) expect(dark[i]).not.toBe(colour);
    expect(light[0]).toBe('rgb(255, 255, 255)');
  });

  it('is printed as the page without scripts is, whatever the filters leave', async () => {
    const { page } = await open(browser, html);
    await page.locator('#live-host').selectOption('vpn1');
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => ({
      live: [...document.querySelectorAll('.live')].filter(each => each.checkVisibility()).length,
      rows: [...document.querySelectorAll('#evidence tr[id]')].filter(each => each.checkVisibility()).length,
      drawing: document.querySelector('#timeline-drawing')?.checkVisibility(),
    }));
    expect(seen).toEqual({ live: 0, rows: 13, drawing: true });
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
  });

  it('is the page without a script where scripts are off', async () => {
    const quiet = await open(browser, html, { javaScriptEnabled: false });
    const without = await open(browser, renderPage(pageInput(), null), { javaScriptEnabled: false });
    // What a browser shows can be asked without a script in the page.
    const [a, b] = await Promise.all([quiet.page.screenshot(), without.page.screenshot()]);
    expect(a.equals(b)).toBe(true);
    expect(await quiet.page.locator('.live').count()).toBe(0);
    expect(await quiet.page.locator('#timeline-drawing').isVisible()).toBe(true);
    expect(await quiet.page.locator('#evidence tr[id]').first().isVisible()).toBe(true);
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 400],
    ['dark', 400],
  ] as const)('has no serious finding of axe, %s at %i pixels', async (colorScheme, width) => {
    const options: BrowserContextOptions = { colorScheme, viewport: { width, height: 900 } };
    const { page } = await open(browser, html, options);
    await unfold(page);
    await page.locator('#live-host').selectOption('dc1');
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => [id, nodes.map(each => each.html.slice(0, 200))])).toEqual([]);
  });

  it('lets nothing run, load or leave that a log says', async () => {
    const { page, asked, wrong } = await open(browser, liveReport(hostileInput()));
    await drawn(page);
    const places = await page.evaluate(() => document.querySelectorAll('.live-drawing .mark').length);
    for (let i = 0; i < places; i++) {
      await page.locator('.live-drawing .mark').nth(i).hover({ force: true });
    }
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true;
      for (const each of document.querySelectorAll<HTMLElement>('.live-open, .live-fold')) each.click();
    });
    for (const each of ['host', 'account', 'behaviour']) {
      const select = page.locator(`#live-${each}`);
      await select.selectOption({ index: 1 });
      await select.selectOption('');
    }
    await page.locator('#live-text').fill('<img src=x onerror=alert(1)>');
    await expect.poll(() => page.locator('.live-table tbody tr[data-position]').count()).toBe(13);
    const made = await page.evaluate(() => ({
      images: document.querySelectorAll('img, iframe, object, embed, link, base, form[action]').length,
      scripts: document.querySelectorAll('script').length,
      handlers: [...document.querySelectorAll('*')].filter(each =>
        [...each.attributes].some(
          ({ name }) => name.startsWith('on') || (name === 'style' && each.closest('.live') === null),
        ),
      ).length,
      characters: /[\u202a-\u202e\u2066-\u2069\u0000\u001b\u2028]/.test(
        document.querySelector('main')!.textContent!,
      ),
    }));
    expect(made).toEqual({ images: 0, scripts: 2, handlers: 0, characters: false });
    expect([asked, wrong]).toEqual([[], []]);
  });

  it('keeps nothing in the browser', async () => {
    const { page } = await open(browser, html);
    await page.locator('#live-host').selectOption('vpn1');
    const kept = await page.evaluate(() => {
      try {
        return [localStorage.length, sessionStorage.length, document.cookie.length];
      } catch {
        return [0, 0, 0];
      }
    });
    expect(kept).toEqual([0, 0, 0]);
  });
});
