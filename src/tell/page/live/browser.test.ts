/** The findings page in a browser: what a reader does with it by mouse and by keyboard. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launch, liveReport, open } from '../../../../test/browser.ts';
import { largeInput, pageInput } from '../../../../test/page.ts';

let browser: Browser;
let html = '';

const status = (page: Page): Promise<string> => page.locator('.live-status').innerText();
const rows = (page: Page): Promise<number> => page.locator('.live-table tbody tr[data-position]').count();
const windowText = (page: Page): Promise<string> => page.locator('.live-window').innerText();
const fragment = (page: Page): Promise<string> => page.evaluate(() => location.hash);

/** Scrolled to, so that it is drawn. */
async function timeline(page: Page): Promise<void> {
  await page.locator('.live-drawing').scrollIntoViewIfNeeded();
  await page.locator('.live-drawing .mark').first().waitFor({ state: 'attached' });
}

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
}

/** Waits until the window of the timeline says something else. */
async function moved(page: Page, act: () => Promise<unknown>): Promise<string> {
  const before = await windowText(page);
  await act();
  await expect.poll(() => windowText(page)).not.toBe(before);
  return windowText(page);
}

describe.skipIf(chromiumPath === null)('the findings page in a browser', () => {
  beforeAll(async () => {
    browser = await launch();
    html = liveReport(pageInput());
  });
  afterAll(() => browser.close());

  it('opens from a file without an error and asks for nothing', async () => {
    const { page, asked, wrong } = await open(browser, html);
    expect(await status(page)).toBe('All 13 pieces of evidence, on 5 hosts.');
    expect(await rows(page)).toBe(13);
    expect([asked, wrong]).toEqual([[], []]);
  });

  describe('filters', () => {
    it('narrow the table, the timeline and the graph alike', async () => {
      const { page } = await open(browser, html);
      await timeline(page);
      await page.locator('#live-host').selectOption('dc1');
      expect(await status(page)).toBe('5 pieces of evidence of 13, on 1 host.');
      expect(await rows(page)).toBe(5);
      await expect.poll(() => page.locator('.live-drawing .lane').count()).toBe(1);
      expect(
        await page
          .locator('.node:not(.out)')
          .evaluateAll(all => all.map(each => each.getAttribute('data-entity'))),
      ).toEqual(['WAIRUA\\adm.hollis', 'dc1']);
    });

    it('find words in the raw event too', async () => {
      const { page } = await open(browser, html);
      await page.locator('#live-text').fill('PORTPROXY netsh');
      await expect.poll(() => rows(page)).toBe(1);
      await page.locator('#live-text').fill('TokenElevationType');
      await expect.poll(() => rows(page)).toBe(13);
    });

    it('say so where nothing passes, and are all cleared at once', async () => {
      const { page } = await open(browser, html);
      await page.locator('#live-text').fill('no such thing');
      await expect.poll(() => status(page)).toBe('0 pieces of evidence of 13, on 0 hosts.');
      expect(await page.getByText('Nothing passes these filters.').isVisible()).toBe(true);
      await page.getByRole('button', { name: 'Clear all filters' }).click();
      await expect.poll(() => rows(page)).toBe(13);
      expect(await page.locator('#live-text').inputValue()).toBe('');
      expect(await fragment(page)).toBe('');
    });

    it('stand in the address of the file and come back with it', async () => {
      const { page } = await open(browser, html);
      await page.locator('#live-verdict').selectOption('suspected');
      await page.locator('#live-stage').selectOption('persistence');
      expect(await fragment(page)).toBe('#show?stage=persistence&verdict=suspected');
      await page.reload();
      expect(await status(page)).toBe('1 piece of evidence of 13, on 1 host.');
      expect(await page.locator('#live-stage').inputValue()).toBe('persistence');
    });

    it('from an address that names what the page does not have show nothing and say it', async () => {
      const { page, wrong } = await open(browser, html, {}, '#show?host=%3Cimg+src%3Dx%3E&from=x&to=y');
      expect(await status(page)).toBe('0 pieces of evidence of 13, on 0 hosts.');
      expect(await page.locator('#live-host').inputValue()).toBe('<img src=x>');
      expect(wrong).toEqual([]);
    });

    it('count for the findings outside the stories', async () => {
      const { page } = await open(browser, html);
      await page.getByText('12 findings in 1 group').click();
      const other = page.locator('#evidence tr', { hasText: 'PowerShell download' });
      expect(await other.isVisible()).toBe(true);
      await page.locator('#live-host').selectOption('dc1');
      expect(await other.isVisible()).toBe(false);
    });
  });

  describe('the timeline', () => {
    it('zooms from years to seconds by keys, and back', async () => {
      const { page } = await open(browser, html);
      await timeline(page);
      const all = await windowText(page);
      expect(all).toMatch(/^2024-02.* to 2026-12.*13 events in view\.$/);
      await page.locator('.live-drawing').focus();
      for (let i = 0; i < 26; i++) await page.keyboard.press('+');
      await expect.poll(() => windowText(page)).toMatch(/ UTC, 5 s: 0 events in view\.$/);
      const close = await windowText(page);
      await moved(page, () => page.keyboard.press('ArrowRight'));
      await moved(page, () => page.keyboard.press('-'));
      expect(await windowText(page)).not.toBe(close);
      expect(await moved(page, () => page.keyboard.press('0'))).toBe(all);
    });

    it('zooms by buttons, and by Ctrl and the wheel around the pointer', async () => {
      const { page } = await open(browser, html);
      await timeline(page);
      await moved(page, () => page.getByRole('button', { name: 'Closer +' }).click());
      await moved(page, () => page.getByRole('button', { name: 'Earlier' }).click());
      await moved(page, () => page.getByRole('button', { name: 'All time' }).click());
      const mark = page.locator('.live-drawing .mark').first();
      await mark.hover();
      const before = await mark.boundingBox();
      await page.keyboard.down('Control');
      await moved(page, () => page.mouse.wheel(0, -300));
      await page.keyboard.up('Control');
      const after = await mark.boundingBox();
      expect(Math.abs(after!.x - before!.x)).toBeLessThan(4);
    });

    it('leaves the wheel to the page where Ctrl is not held', async () => {
      const { page } = await open(browser, html);
      await timeline(page);
      await page.locator('.live-drawing').hover();
      const [before, top] = [await windowText(page), await page.evaluate(() => scrollY)];
      await page.mouse.wheel(0, 200);
      await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(top);
      expect(await windowText(page)).toBe(before);
    });

    it('chooses a span by a drag, which filters the table, stands in the address, and can be cleared', async () => {
      const { page } = await open(browser, html);
      await timeline(page);
      const box = (await page.locator('.live-drawing').boundingBox())!;
      await page.mouse.move(box.x + 196, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 400, box.y + 62, { steps: 4 });
      await page.mouse.up();
      await expect.poll(() => rows(page)).toBe(2);
      expect(await status(page)).toBe('2 pieces of evidence of 13, on 2 hosts, in the chosen span.');
      expect(await fragment(page)).toMatch(/^#show\?from=2024-.*&to=2024-/);
      await page.getByRole('button', { name: 'Clear the span' }).click();
      expect(await rows(page)).toBe(13);
    });

    it('says of a mark with the focus when, where, what, and an example, and Enter opens its row', async () => {
      const { page } = await open(browser, html);
      await timeline(page);
      await page.locator('.live-drawing').focus();
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe(
        '2024-03-11 14:02:10 UTC (2024-03-12 03:02:10 +13:00), vpn1: Logon through the VPN from a home router: tunnel up for adm.hollis from 198.51.100.23',
      );
      expect(await page.locator('.live-tip').innerText()).toBe(await focused(page));
      await page.keyboard.press('ArrowRight');
      expect(await focused(page)).toMatch(/^2026-10-08 01:44:02 UTC/);
      await page.keyboard.press('ArrowDown');
      expect(await focused(page)).toMatch(/jump1/);
      await page.keyboard.press('Enter');
      expect(await focused(page)).toMatch(/^Open: Hosts and accounts surveyed/);
      expect(await page.locator('.live-detail').count()).toBe(1);
      expect(await page.locator('.live-detail pre').innerText()).toContain('"EventID": 4688');
    });

    it('takes marks apart that stand for many, by Enter', async () => {
      const { page } = await open(browser, html);
      await timeline(page);
      const many = page.locator('.live-drawing .mark[aria-label^="5 events"]');
      await many.focus();
      await moved(page, () => page.keyboard.press('Enter'));
      expect(await windowText(page)).toMatch(/^2026-10-08 01:5.*5 events in view\.$/);
      expect(await focused(page)).toMatch(/dc1/);
    });

    it('keeps the focus on the evidence that had it while the window changes', async () => {
      const { page } = await open(browser, html);
      await timeline(page);
      await page.locator('.live-drawing').focus();
      await page.keyboard.press('Tab');
      const before = await focused(page);
      await moved(page, () => page.keyboard.press('+'));
      expect(await focused(page)).toBe(before);
    });

    it('draws many events as counted marks, and thirty hosts at a time', async () => {
      const { page } = await open(browser, liveReport(largeInput(5000, 0)));
      await timeline(page);
      const marks = await page.locator('.live-drawing .mark').count();
      expect(marks).toBeGreaterThan(100);
      expect(marks).toBeLessThan(1500);
      expect(await page.locator('.live-drawing .mark text').count()).toBeGreaterThan(0);
      await page.locator('.live-tools', { hasText: 'More hosts' }).getByText('More hosts').click();
      await expect.poll(() => page.getByText('Hosts 31 to 60 of 90.').isVisible()).toBe(true);
    });
  });

  describe('the evidence', () => {
    it('unfolds by keyboard to its reasons, its links and the event', async () => {
      const { page } = await open(browser, html);
      const toggle = page.getByRole('button', { name: /^Open: Port proxy/ });
      await toggle.focus();
      await page.keyboard.press('Enter');
      expect(await toggle.getAttribute('aria-expanded')).toBe('true');
      const detail = page.locator('.live-detail');
      expect(await detail.innerText()).toContain('first time this was seen');
      await page.keyboard.press('Enter');
      expect(await detail.count()).toBe(0);
    });

    it('is reached from every link on the page, past filters, and Back returns', async () => {
      const { page } = await open(browser, html);
      await page.locator('#live-host').selectOption('vpn1');
      await page.getByText('The timeline as text').click();
      await page.locator('#timeline a', { hasText: 'Port proxy switched on' }).click();
      expect(await focused(page)).toMatch(/Port proxy switched on/);
      expect(await status(page)).toMatch(/^All 13/);
      expect(await fragment(page)).toBe('#show?row=e8');
      await page.goBack();
      await expect.poll(() => status(page)).toMatch(/^2 pieces/);
    });

    it('opens at once where the address names its row', async () => {
      const { page } = await open(browser, html, {}, '#e-e7');
      await expect.poll(() => focused(page)).toMatch(/Archive with a password/);
      expect(await page.locator('.live-detail').isVisible()).toBe(true);
    });

    it('comes a page at a time, by weight where asked', async () => {
      const { page } = await open(browser, liveReport(largeInput(600, 0)));
      expect(await rows(page)).toBe(100);
      const pages = page.locator('.live-pager').first();
      await pages.getByText('Last').click();
      expect(await pages.innerText()).toMatch(/rows 501 to 600 of 600/);
      await pages.getByText('Next').click({ force: true });
      expect(await pages.innerText()).toMatch(/rows 501 to 600 of 600/);
      await page.locator('.live-sort', { hasText: 'Weight' }).click();
      expect(await page.locator('.live-table tbody td.number').first().innerText()).toBe('13.0');
      expect(await page.locator('th[aria-sort]').innerText()).toMatch(/^Weight/);
    });
  });

  it('shows in the graph what is linked with the entity that has the focus, and filters by it', async () => {
    const { page } = await open(browser, html);
    const node = page.getByRole('button', { name: /^WAIRUA\\adm.hollis, account, linked with/ });
    await node.focus();
    expect(
      await page.locator('.node.near').evaluateAll(all => all.map(each => each.getAttribute('data-entity'))),
    ).toEqual(['198.51.100.23', 'WAIRUA\\adm.hollis', 'vpn1', 'jump1', 'dc1']);
    await page.keyboard.press('Enter');
    expect(await page.locator('#live-account').inputValue()).toBe('WAIRUA\\adm.hollis');
    expect(await node.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Enter');
    expect(await status(page)).toMatch(/^All 13/);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/^WAIRUA\\svc.hist, account/);
  });

  it('goes from a behaviour of the matrix to its evidence', async () => {
    const { page } = await open(browser, html);
    await page.getByRole('button', { name: 'Show 2 events: Directory database copied' }).click();
    expect(await rows(page)).toBe(2);
    expect(await focused(page)).toBe('Evidence, row by row');
    expect(await page.locator('.cell.chosen').getAttribute('data-behaviour')).toBe('VT-CA-01');
  });

  it('folds process trees', async () => {
    const { page } = await open(browser, html);
    const fold = page.locator('.live-fold').first();
    const below = page.locator('#processes .tree ul ul').first();
    await fold.focus();
    await page.keyboard.press('Enter');
    expect([await fold.getAttribute('aria-expanded'), await below.isVisible()]).toEqual(['false', false]);
    await page.keyboard.press('Enter');
    expect(await below.isVisible()).toBe(true);
  });
});
