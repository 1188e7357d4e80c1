/** Score matching: annealing repairs what plain Langevin gets wrong, a field is learnt, a diverged training says so. */
import { expect, test } from '@playwright/test';
import { complaints, open, verified } from './lab';

const few = 'particles=512&width=16&batch=64&steps-per-level=60';

test('the mass in each mode is counted beside its true weight, and the chains are scrubbed', async ({
  page,
}) => {
  const said = complaints(page);
  await open(page, 'score-matching', `${few}&steps=30`);
  await verified(page);
  const misplaced = async (title: string): Promise<number> => {
    const caption = page.getByText(new RegExp(`^Mass in each mode, ${title}`));
    return Number(/([\d.]+) %/.exec(await caption.innerText())![1]);
  };
  expect(await misplaced('Plain Langevin')).toBeGreaterThan(12);
  expect(await misplaced('Annealed Langevin')).toBeLessThan(10);
  const walk = page.getByRole('slider', { name: 'Langevin steps, from the start to the end' });
  await walk.press('Home');
  await expect(page.getByText('σ = 1.00')).toBeVisible();
  expect(await misplaced('Annealed Langevin')).toBeGreaterThan(12);
  await page.getByRole('tab', { name: 'Noise ladder' }).click();
  await expect(page.getByRole('cell', { name: /^2\.0\s×\s10⁻⁵$/ })).toBeVisible();
  expect(said).toEqual([]);
});

test('a learning rate that is too large ends in a sentence, with the last sound field', async ({ page }) => {
  await open(page, 'score-matching', `${few}&steps=200&rate=1`);
  await page.getByRole('tab', { name: 'Learned field' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'training diverged' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Error by how much data there is' })).toBeVisible();
});
