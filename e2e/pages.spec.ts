/** Every page as a reader finds it: it runs, it is right, it fits, it can be read by all. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { complaints, demos, open, small, verified } from './lab';

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
  test(`${slug} runs with its defaults and is right`, async ({ page }) => {
    const said = complaints(page);
    await open(page, slug);
    await verified(page);
    expect(said).toEqual([]);
  });

  test(`${slug} is a page of its own, with and without a slash`, async ({ page, request }) => {
    for (const address of [`/demos/${slug}`, `/demos/${slug}/`, `/embed/${slug}`, `/embed/${slug}/`]) {
      const html = await (await request.get(address)).text();
      expect(html).toMatch(/<title>.+ · tilewise<\/title>/);
      expect(html).toMatch(/<meta name="description" content="[^"]{20,}/);
    }
    await page.goto(`/demos/${slug}?${small(slug)}`);
    await verified(page);
  });

  test(`${slug} reads well: landmarks, names, contrast`, async ({ page }) => {
    for (const theme of ['light', 'dark']) {
      await open(page, slug, `${small(slug)}&theme=${theme}`);
      await verified(page);
      // Without a second page for its result: behind one, this Firefox may crash on a canvas that is being traced.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
  });

  test(`${slug} fits a phone in both languages`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 780 });
    for (const lang of ['en', 'zh']) {
      await open(page, slug, `${small(slug)}&lang=${lang}`);
      await verified(page);
      await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${lang}`));
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(excess).toBeLessThanOrEqual(0);
    }
  });

  test(`${slug} can be embedded`, async ({ page }) => {
    await page.goto(`/embed/${slug}?${small(slug)}`);
    await verified(page);
    await expect(page.getByRole('link', { name: 'Open in tilewise' })).toHaveAttribute(
      'href',
      new RegExp(`demos/${slug}`),
    );
  });
}

test('a page that does not exist is a true 404', async ({ request }) => {
  expect((await request.get('/demos/no-such-demo/')).status()).toBe(404);
});
