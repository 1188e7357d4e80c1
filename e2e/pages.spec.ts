/** Every page as a reader finds it: it runs, it is right, it fits, it can be read by all. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { complaints, demos, foreignRequests, ONCE, open, small, verified } from './lab';

/** Charts follow a new width a moment later. */
async function fits(page: Page): Promise<void> {
  const excess = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await expect.poll(excess).toBeLessThanOrEqual(0);
}

test('the gallery lists every demo with a picture, and leads to it', async ({ page }) => {
  const said = complaints(page);
  await page.goto('/');
  for (const slug of demos) {
    const card = page.locator(`a[href*="demos/${slug}"]`).first();
    await expect(card).toBeVisible();
    await expect(card.locator('img, canvas, svg').first()).toBeVisible();
  }
  await page.locator(`a[href*="demos/${demos[0]}"]`).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(page.url()).toContain(`/demos/${demos[0]}`);
  expect(said).toEqual([]);
});

for (const slug of demos) {
  test(`${slug} runs with its defaults and is right; a phone holds it in both languages`, async ({
    page,
    baseURL,
  }) => {
    const sent = foreignRequests(page, baseURL!);
    const said = complaints(page);
    await open(page, slug);
    await verified(page);
    await page.setViewportSize({ width: 360, height: 780 });
    await fits(page);
    await page.getByRole('button', { name: '中文' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
    await verified(page);
    await fits(page);
    expect(said).toEqual([]);
    expect(sent).toEqual([]);
  });

  test(`${slug} is a page of its own, with and without a slash, and can be embedded`, async ({
    page,
    request,
  }) => {
    for (const address of [`/demos/${slug}`, `/demos/${slug}/`, `/embed/${slug}`, `/embed/${slug}/`]) {
      const html = await (await request.get(address)).text();
      expect(html).toMatch(/<title>.+ · tilewise<\/title>/);
      expect(html).toMatch(/<meta name="description" content="[^"]{20,}/);
    }
    await page.goto(`/embed/${slug}?${small(slug)}`);
    await verified(page);
    await expect(page.getByRole('link', { name: 'Open in tilewise' })).toHaveAttribute(
      'href',
      new RegExp(`demos/${slug}`),
    );
  });

  test(`${slug} reads well: landmarks, names, contrast`, { tag: ONCE }, async ({ page }) => {
    await open(page, slug, small(slug));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await verified(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
  });
}

test('a page that does not exist is a true 404', { tag: ONCE }, async ({ request }) => {
  expect((await request.get('/demos/no-such-demo/')).status()).toBe(404);
});
