/** What the end-to-end tests share: opening a demo, its verdict, what the console said. */
import { expect, type Page } from '@playwright/test';

export const demos = ['flash-attention', 'sliding-window-max'] as const;

/** A small setting of each demo, quick on a software adapter, as a query. */
export const small: Readonly<Record<(typeof demos)[number], string>> = {
  'flash-attention': 'n=128&head-dim=32',
  'sliding-window-max': 'source=random&n=1000',
};

/** What Firefox says of a font still loading when the page is left: NS_BINDING_ABORTED. */
const leftWhileLoading = /^download failed .* status=2152398850 /;

/** Collects errors of the page: exceptions and console errors. */
export function complaints(page: Page): string[] {
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !leftWhileLoading.test(message.text())) said.push(message.text());
  });
  return said;
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
