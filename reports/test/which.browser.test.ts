import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whichPage } from '../index.ts';
import { accessibilityProblems } from './accessibility.ts';
import { browserPath, launchBrowser } from './chromium.ts';
import { sampleWhich } from './sample-which.ts';
import { scratch } from './write-sample.ts';

// A machine without Chromium has nothing to open the page with.
describe.skipIf(browserPath === undefined)('the page about a program in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser.close());

  test.each(['light', 'dark'] as const)('is readable and complete, %s', async (colorScheme) => {
    const file = join(await scratch(), 'which.html');
    await writeFile(file, whichPage(sampleWhich()));
    const page = await browser.newPage({ colorScheme });
    const noise: string[] = [];
    page.on('console', (message) => noise.push(message.text()));
    page.on('request', (request) => {
      if (!request.isNavigationRequest()) noise.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator('svg g.box').count()).toBe(6);
    expect(await page.getByRole('img', { name: /app\.exe and the 5 DLLs/ }).isVisible()).toBe(true);
    await page.getByText('why', { exact: true }).click();
    expect(await page.getByText('found', { exact: true }).isVisible()).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), String(width)).toBeLessThanOrEqual(
        width,
      );
    }
    await page.close();
    expect(noise).toEqual([]);
  });
});
