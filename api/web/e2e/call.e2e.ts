import { randomUUID } from 'node:crypto';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inspect, launch, openPage, report, world } from './world';

const faults: string[] = [];
let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  page = await openPage(browser, faults, { viewport: { width: 1366, height: 768 } });
});
afterAll(() => browser?.close());

async function pressUntil(key: string, reached: () => Promise<boolean>) {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await reached()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead there`);
}
const tabTo = (place: Locator) => pressUntil('Tab', () => place.evaluate((box) => box === document.activeElement));
const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
const focusedName = () => page.evaluate(() => document.activeElement?.getAttribute('name'));

it('takes a call from the ring to the case without a mouse', async () => {
  await page.goto(`${world.url}/desk/`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await inspect(page, 'sign-in')).toEqual([]);

  await tabTo(page.getByLabel('Login name'));
  await page.keyboard.type(world.operator.login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(world.operator.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Contacts and presence' }).waitFor();

  await page.keyboard.press('F9');
  await page.getByRole('menu').waitFor();
  await pressUntil('ArrowDown', async () => (await focused()) === 'Available');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'You are available.' }).waitFor();
  expect(await inspect(page, 'desk-idle')).toEqual([]);

  const callId = randomUUID();
  await report({ event: 'newCall', callId });
  const offer = page.locator('section.offer');
  await offer.waitFor();
  expect(await offer.evaluate((box) => box.contains(document.activeElement))).toBe(false);
  await page.locator('[aria-live="polite"]', { hasText: 'New offer for' }).waitFor({ state: 'attached' });
  // It rings for seconds only, so the rest of the screen, the same as before, is left out.
  expect(await inspect(page, 'offer', 'section.offer')).toEqual([]);

  await page.keyboard.press('F2');
  await page.waitForURL('**/desk/contact/**');
  await report({ event: 'answer', callId });
  const card = page.getByRole('region', { name: 'Customer card' });
  await card.getByText('Balance and last invoices').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toBe('Unknown caller');
  expect(await card.getByText(/^Balance of account/).count()).toBeGreaterThan(0);
  expect(await card.locator('details.fold').count()).toBeGreaterThan(0);
  expect(await card.getByText(/EAN|EIC|PPE|POD/).count()).toBeGreaterThan(0);
  expect(await card.locator('.src').count()).toBeGreaterThan(0);
  expect(await page.locator('main.work').getAttribute('data-utility')).toBeTruthy();

  await pressUntil('Tab', async () => (await focusedName()) === 'wrapUpCode');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F4');
  await page.keyboard.press('Space');
  await page.keyboard.press('F4');
  await page.keyboard.type('Asks why the last bill is higher?');
  await report({ event: 'hangup', callId, cause: 'normalClearing' });
  await page.getByText('The call has ended.').waitFor();
  expect(await page.getByLabel('Note').inputValue()).toBe('Asks why the last bill is higher?');

  await page.keyboard.press('F4');
  await page.keyboard.press('Space');
  await pressUntil('ArrowLeft', () => page.locator('input[name="attach"][value="new"]').isChecked());
  await page.keyboard.press('F4');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F4');
  await page.keyboard.type('The last bill is higher');
  await page.keyboard.press('F4');
  await page.keyboard.type('Please explain the consumption.');
  expect(await inspect(page, 'desk-card')).toEqual([]);
  await page.keyboard.press('Control+Enter');

  const result = page.getByRole('heading', { name: /^Case .+ is open\.$/ });
  await result.waitFor();
  const number = /^Case (.+) is open\.$/.exec((await result.textContent()) ?? '')?.[1] ?? '';
  await pressUntil('Tab', async () => (await focused()) === `Show case ${number}`);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: `Case ${number}` }).waitFor();
  await page.locator('.timeline time').first().waitFor();
  expect(await inspect(page, 'case')).toEqual([]);

  await tabTo(page.getByLabel('Internal note'));
  await page.keyboard.type('The meter was read twice.');
  await tabTo(page.getByRole('button', { name: 'Save the note' }));
  await page.keyboard.press('Enter');
  await page.locator('.timeline').getByText('The meter was read twice.').waitFor();
  await tabTo(page.getByLabel('How it was resolved'));
  await page.keyboard.type('Explained by telephone.');
  await tabTo(page.getByRole('button', { name: 'Close the case' }));
  await page.keyboard.press('Enter');
  await page.locator('.timeline').getByText('Case closed').waitFor();
  expect(await page.getByLabel('How it was resolved').count()).toBe(0);
});

it('lists the work of every utility', async () => {
  await page.goto(`${world.url}/desk/work`);
  await page.locator('.work-table tbody tr th').first().waitFor();
  expect(await inspect(page, 'work-list')).toEqual([]);
});

it('shows every key, and keeps the words of another language in place', async () => {
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  expect(await inspect(page, 'keys')).toEqual([]);
  await page.keyboard.press('Escape');
  for (const language of ['cs', 'pl', 'hu', 'sk', 'en']) {
    await page.getByRole('navigation').getByRole('combobox').selectOption(language);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  }
});

it('ran without a script error', () => {
  expect(faults).toEqual([]);
});
