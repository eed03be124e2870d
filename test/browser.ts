/** Debian's chromium, for tests that look at the findings page as its readers do. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type PageInput, renderPage } from '../src/tell/page/index.ts';
import { liveScript } from '../src/tell/page/live-script.ts';
import { scratch } from './scratch.ts';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Null where there is none: then the suites that need it are skipped, visibly (`apt-get install chromium`). */
export const chromiumPath: string | null = places.find(each => existsSync(each)) ?? null;

/** Without the sandbox, which needs rights that a container rarely gives; the pages are our own. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-precise-memory-info'],
  });
}

/** The page as the program writes it, with the script that the build made. Throws where it is not built. */
export function liveReport(input: PageInput): string {
  const script = liveScript();
  if (script === null) throw new Error('the script of the page is not built: npm run build');
  return renderPage(input, script);
}

export type Opened = {
  readonly page: Page;
  /** Addresses that it asked for beyond the file itself. */
  readonly asked: readonly string[];
  /** What went wrong in it, and dialogs that it opened. */
  readonly wrong: readonly string[];
};

/** Opens `html` as a file, in a context of its own that ends with the test. */
export async function open(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
  fragment = '',
): Promise<Opened> {
  const file = join(scratch(), 'report.html');
  writeFileSync(file, html);
  const address = pathToFileURL(file).href;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const asked: string[] = [];
  const wrong: string[] = [];
  page.on('request', request => {
    if (request.url().split('#')[0] !== address) asked.push(request.url());
  });
  page.on('pageerror', error => wrong.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('dialog', async dialog => {
    wrong.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(address + fragment);
  return { page, asked, wrong };
}
