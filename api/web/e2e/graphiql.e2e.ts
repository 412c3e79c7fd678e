import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch, openPage, world } from './world';

const faults: string[] = [];
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

it('runs the first example under the content security policy, without a word from elsewhere', async () => {
  const page = await openPage(browser, faults, { viewport: { width: 1366, height: 768 } });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(world.url)) faults.push(request.url());
  });
  await page.goto(`${world.url}/graphiql`);
  await page.locator('.graphiql-query-editor').getByText('SignIn', { exact: true }).click();
  await page.keyboard.press('Control+Enter');
  await page.locator('.graphiql-response').getByText('"expiresAt"').waitFor();
  expect(faults).toEqual([]);
});
