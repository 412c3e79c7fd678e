import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

function env(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; see api/web/e2e`);
  return value;
}

export const world = {
  url: env('BUSBAR_URL').replace(/\/$/, ''),
  operator: { login: env('BUSBAR_OPERATOR_LOGIN'), password: env('BUSBAR_OPERATOR_PASSWORD') },
  ctiUrl: env('BUSBAR_CTI_URL'),
  dialled: env('BUSBAR_DIALLED'),
  caller: env('BUSBAR_CALLER'),
  mailDir: env('BUSBAR_MAIL_DIR'),
  portal: { key: env('BUSBAR_PORTAL_KEY'), email: env('BUSBAR_PORTAL_EMAIL') },
};

const shots = join(import.meta.dirname, 'shots');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = ['Google Chrome', 'Chromium'];

function chromiumPath(): string {
  const given = process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const found = [
    ...programs.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...applications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  ];
  const path = given ?? found.find(existsSync);
  if (!path) throw new Error('Chromium is not installed: `make test` installs it, or set CHROMIUM to the program');
  return path;
}

export function launch(): Promise<Browser> {
  mkdirSync(shots, { recursive: true });
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}

/** A page in English that fails the test on any script error or refusal by the content security policy. */
export async function openPage(browser: Browser, faults: string[], options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  await context.addInitScript("localStorage.setItem('busbar.language', 'en')");
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  return page;
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Pictures a screen in both themes and names every fault axe finds on it, or in a part of it. */
export async function inspect(page: Page, name: string, part = 'html'): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`) });
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate<AxeResults>(
      `axe.run(${JSON.stringify(part)}, { runOnly: ${JSON.stringify(rules)} })`,
    );
    for (const { id, nodes } of violations) {
      faults.push(...nodes.map((node) => `${name} ${colorScheme} ${id}: ${node.html} ${node.failureSummary}`));
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  return faults;
}

export interface CallEvent {
  event: 'newCall' | 'answer' | 'hangup';
  callId: string;
  cause?: string;
}

/** What the switchboard reports. */
export async function report(event: CallEvent): Promise<void> {
  const { caller: from, dialled: to, operator } = world;
  const body = JSON.stringify({ from, to, direction: 'in', user: operator.login, ...event });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(world.ctiUrl, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`the hook answered ${response.status} to ${event.event}: ${await response.text()}`);
}

function decoded(mail: string): string {
  const [head = '', ...rest] = mail.split(/\r?\n\r?\n/);
  const body = rest.join('\n\n');
  if (/transfer-encoding: *base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  return body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The newest link to the portal that was mailed after `since`. */
export async function mailedLink(since: number): Promise<string> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    const mails = readdirSync(world.mailDir, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.eml'))
      .map((name) => join(world.mailDir, name))
      .filter((path) => statSync(path).mtimeMs >= since)
      .map((path) => decoded(readFileSync(path, 'utf8')));
    for (const mail of mails) {
      const link = new RegExp(`/portal/${world.portal.key}/enter#[^\\s"<>]+`).exec(mail)?.[0];
      if (link) return world.url + link;
    }
    await new Promise((wake) => setTimeout(wake, 250));
  }
  throw new Error(`no mail with a portal link in ${world.mailDir}`);
}
