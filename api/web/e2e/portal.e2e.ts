import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inspect, launch, mailedLink, openPage, world } from './world';

const faults: string[] = [];
const home = `${world.url}/portal/${world.portal.key}/`;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  page = await openPage(browser, faults, { viewport: { width: 390, height: 844 }, hasTouch: true });
});
afterAll(() => browser?.close());

it('answers alike for a known address and an unknown one', async () => {
  await page.goto(home);
  await page.getByLabel('E-mail address').waitFor();
  expect(await inspect(page, 'portal-sign-in')).toEqual([]);
  await page.getByLabel('E-mail address').fill('nobody@example.invalid');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('If we know the address nobody@example.invalid').waitFor();
});

it('opens my pages by the link from the mail', async () => {
  const since = Date.now() - 1000;
  await page.goto(home);
  await page.getByLabel('E-mail address').fill(world.portal.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('If we know the address').waitFor();
  await page.goto(await mailedLink(since));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'My bills' }).waitFor();
  expect(await page.getByRole('heading', { name: 'My requests' }).count()).toBe(1);
  expect(await page.getByRole('heading', { name: 'My supply points' }).count()).toBe(1);
  expect(await inspect(page, 'portal-home')).toEqual([]);
  await page.reload();
  await page.getByRole('heading', { name: 'My bills' }).waitFor();
});

it('speaks another language at once, its labels too', async () => {
  const request = page.locator('section', { has: page.getByRole('heading', { name: 'My requests' }) }).locator('li b');
  const inEnglish = (await request.first().textContent()) ?? '';
  await page.getByLabel('Language').selectOption('cs');
  await page.getByRole('heading', { name: 'Moje faktury' }).waitFor();
  await page.locator('section li b', { hasText: inEnglish }).first().waitFor({ state: 'detached' });
  await page.getByLabel('Jazyk').selectOption('en');
  await page.locator('section li b', { hasText: inEnglish }).first().waitFor();
});

it('opens a bill, and signs out', async () => {
  const bill = page.locator('a.bill').first();
  if (await bill.count()) {
    await bill.click();
    await page.locator('article h1').waitFor();
    expect(await inspect(page, 'portal-bill')).toEqual([]);
  }
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  await page.goto(home);
  await page.getByLabel('E-mail address').waitFor();
  expect(faults).toEqual([]);
});
