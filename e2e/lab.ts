/** What the end-to-end tests share: opening a demo, its verdict, what the console said. */
import { existsSync, readdirSync } from 'node:fs';
import { expect, type LaunchOptions, type Page } from '@playwright/test';
import type { DemoDecl } from '../src/lab/demo';

/** Marks a test of what no browser does in its own way: it runs in one of them. */
export const ONCE = '@once';

const rooms = 'src/demos';
const declared = await Promise.all(
  readdirSync(rooms)
    .filter((slug) => existsSync(`${rooms}/${slug}/demo.ts`))
    .map(async (slug) => (await import(`../${rooms}/${slug}/demo.ts`)) as { readonly demo: DemoDecl }),
);

/** Slugs of all demos, in the order of their folders. */
export const demos = declared.map(({ demo }) => demo.slug);

const find = (slug: string): DemoDecl => declared.find(({ demo }) => demo.slug === slug)!.demo;

/** A small setting of a demo, quick on a software adapter, as a query: what its smoke test runs. */
export const small = (slug: string): string =>
  new URLSearchParams(
    Object.entries(find(slug).smoke.params).map(([name, value]) => [
      name,
      String(value as string | number | boolean),
    ]),
  ).toString();

/** Its first slider, by its name in the link. */
export const rangeOf = (slug: string): string =>
  Object.entries(find(slug).params).find(([, { kind }]) => kind === 'range')![0];

export const paramsOf = (slug: string): readonly string[] => Object.keys(find(slug).params);

/** What Firefox says of a font still loading when the page is left: NS_BINDING_ABORTED. */
const leftWhileLoading = /^download failed .* status=2152398850 /;

type Launch = (
  given: { launchOptions: LaunchOptions; browserName: string },
  use: (options: LaunchOptions) => Promise<void>,
) => Promise<void>;

/** For `test.use`: a camera that draws by itself, as each browser has it. */
export const fakeCamera: [Launch, { scope: 'worker' }] = [
  async ({ launchOptions, browserName }, use) => {
    const { args = [], firefoxUserPrefs = {} } = launchOptions;
    const fake = {
      firefoxUserPrefs: {
        ...firefoxUserPrefs,
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
      },
    };
    const devices = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    await use({
      ...launchOptions,
      ...(browserName === 'firefox' ? fake : { args: [...args, ...devices] }),
    });
  },
  { scope: 'worker' },
];

/** Collects errors of the page: exceptions and console errors. */
export function complaints(page: Page): string[] {
  const said: string[] = [];
  const note = (text: string): void => {
    if (!leftWhileLoading.test(text)) said.push(text);
  };
  page.on('pageerror', ({ message }) => note(message));
  page.on('console', (message) => {
    if (message.type() === 'error') note(message.text());
  });
  return said;
}

/** Collects requests that leave the page's origin. */
export function foreignRequests(page: Page, baseURL: string): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && !url.startsWith(baseURL)) sent.push(url);
  });
  return sent;
}

export async function open(page: Page, slug: string, query = ''): Promise<void> {
  await page.goto(`/demos/${slug}/${query === '' ? '' : `?${query}`}`);
}

/** The result on screen was held against its reference, in the page, and is right. */
export async function verified(page: Page): Promise<void> {
  await expect(page.getByText(/^(verified|已验证)$/).first()).toBeVisible({ timeout: 60_000 });
}

export const statusOf = (page: Page) => page.getByRole('status', { name: /Notices|提示/ });

/** The sliders of the control panel: a view may have its own. */
export const sliders = (page: Page) => page.getByRole('region', { name: 'Parameters' }).getByRole('slider');
