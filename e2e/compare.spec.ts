/** Two settings side by side: each runs and is checked, the link holds both, and the comparison ends as it began. */
import { expect, test, type Page } from '@playwright/test';
import { complaints, open, small, verified } from './lab';

const side = (page: Page, which: 'a' | 'b') => page.locator(`[data-side=${which}]`);
const controls = (page: Page, which: 'a' | 'b') =>
  side(page, which).getByRole('region', { name: 'Parameters' });
const bothVerified = async (page: Page): Promise<void> => {
  for (const which of ['a', 'b'] as const)
    await expect(side(page, which).getByText(/^verified$/)).toBeVisible({ timeout: 60_000 });
};

test('a second side opens, differs, is measured in turn, is shared, and goes again', async ({ page }) => {
  const said = complaints(page);
  await open(page, 'sliding-window-max', 'source=random&n=1000');
  await verified(page);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await bothVerified(page);
  await expect(side(page, 'b').getByText('As A until a control here moves')).toBeVisible();

  await controls(page, 'b').getByRole('combobox', { name: 'Kernel' }).selectOption('naive');
  await expect(side(page, 'b').getByRole('list', { name: 'differs from A' })).toContainText(
    'variant auto naive',
  );
  await expect(page).toHaveURL(/b\.variant=naive/);
  await bothVerified(page);
  await expect(controls(page, 'a').getByRole('combobox', { name: 'Kernel' })).toHaveValue('auto');

  await page.getByRole('button', { name: 'Measure', exact: true }).last().click();
  const tables = ['A', 'B'].map((name) =>
    page.getByRole('region', { name: `At the current parameters, ${name}` }),
  );
  for (const table of tables) await expect(table.getByRole('row').nth(2)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Measuring')).toHaveCount(0, { timeout: 60_000 });

  const link = page.url();
  await page.keyboard.press('Control+z');
  await expect(page).not.toHaveURL(/b\.variant/);
  await page.keyboard.press('Control+Shift+z');
  await expect(page).toHaveURL(/b\.variant=naive/);
  await page.keyboard.press('Escape');
  await expect(side(page, 'b')).toHaveCount(0);
  await expect(page).not.toHaveURL(/[?&]b\./);
  await page.keyboard.press('Control+z');
  await bothVerified(page);

  await page.goto(link);
  await bothVerified(page);
  await expect(controls(page, 'b').getByRole('combobox', { name: 'Kernel' })).toHaveValue('naive');
  await side(page, 'b')
    .getByRole('button', { name: /End the comparison/ })
    .click();
  await expect(page).not.toHaveURL(/[?&]b\./);
  await verified(page);
  expect(said).toEqual([]);
});

test('both sides are lines of one chart, the second with its own marks', async ({ page }) => {
  await open(page, 'flash-attention', `${small('flash-attention')}&b.causal=1`);
  await bothVerified(page);
  const chart = page.getByRole('figure', { name: /^Forward: time/ });
  await expect(chart.getByRole('listitem').filter({ hasText: /^A: / }).first()).toBeVisible();
  await expect(chart.getByRole('listitem').filter({ hasText: /^B: / }).first()).toBeVisible();
  await chart.getByRole('button', { name: 'Measure', exact: true }).click();
  // In turn: after the first point of one side the other has its own, long before either is done.
  await expect(chart.getByRole('button', { name: 'Cancel' })).toHaveCount(2);
  await chart.getByRole('button', { name: 'Table' }).click();
  await expect(async () => {
    const cells = await chart.getByRole('row').nth(1).getByRole('cell').allTextContents();
    const measured = cells.map((cell) => /\d/.test(cell));
    const half = cells.length / 2;
    expect([measured.slice(0, half).includes(true), measured.slice(half).includes(true)]).toEqual([
      true,
      true,
    ]);
  }).toPass({ timeout: 60_000 });
  for (let i = 0; i < 2; i++) await chart.getByRole('button', { name: 'Cancel' }).first().click();
  await expect(page.getByText('Measuring')).toHaveCount(0, { timeout: 20_000 });
});

test('a phone stacks the sides', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await open(page, 'sliding-window-max', `source=random&n=1000&b.k=9`);
  await bothVerified(page);
  const [a, b] = [await side(page, 'a').boundingBox(), await side(page, 'b').boundingBox()];
  expect(b!.y).toBeGreaterThan(a!.y + a!.height - 1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
