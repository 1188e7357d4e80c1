/** Mixed precision: it trains by itself, is stopped where it breaks, refuses what cannot be learnt, shows its gradients. */
import { expect, test } from '@playwright/test';
import { complaints, open, verified } from './lab';

const slug = 'mixed-precision';
const small = 'steps=10&batch=8';

test('training begins by itself, ends after its steps, and the report has its curves', async ({ page }) => {
  const said = complaints(page);
  await open(page, slug, `${small}&beside=fp32`);
  await expect(page.getByText('10 steps')).toBeVisible({ timeout: 60_000 });
  await verified(page);
  const chart = page.getByRole('figure', { name: /Training loss/ });
  await chart.getByRole('button', { name: 'Table' }).click();
  await expect(chart.getByRole('row')).toHaveCount(11);
  await page.getByRole('tab', { name: 'Samples' }).click();
  await expect(page.getByText(/held-out accuracy \d/)).toBeVisible();
  await page.getByRole('tab', { name: 'Memory and time' }).click();
  await expect(page.getByRole('row', { name: /FP16, dynamic loss scale/ })).toContainText('KiB');
  expect(said).toEqual([]);
});

test('a learning rate of 1e9 ends in a sentence that names tensor and step, not in a dead page', async ({
  page,
}) => {
  await open(page, slug, 'steps=20&batch=8&rate=1e9&beside=none&mode=fp32');
  await expect(page.getByText(/FP32 was stopped at step \d+\. First not finite: /)).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Reset all' }).click();
  await expect(page.getByText(/was stopped at step/)).toHaveCount(0);
});

test('a text of one character is refused with what is allowed', async ({ page }) => {
  await open(page, slug, small);
  await expect(page.getByText('10 steps')).toBeVisible({ timeout: 60_000 });
  const file = { name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('a') };
  await page.locator('input[type=file][aria-label="Your own text"]').setInputFiles(file);
  await expect(page.getByRole('alert')).toContainText('allowed: 1000 characters to 50 MB', {
    timeout: 30_000,
  });
});

test('gradients are shown against the format, and the scale with its skipped steps', async ({ page }) => {
  await open(page, slug, 'steps=12&batch=8&beside=none&initial-scale=67108864&growth-interval=4');
  await expect(page.getByText('12 steps')).toBeVisible({ timeout: 60_000 });
  const panel = page.getByRole('tabpanel');
  await page.getByRole('tab', { name: 'Gradients' }).click();
  await page.getByRole('combobox', { name: /^Parameter/ }).selectOption('layers.2.weight');
  await panel.getByRole('figure').getByRole('button', { name: 'Table' }).click();
  expect(await panel.getByRole('figure').getByRole('row').count()).toBeGreaterThan(5);
  await page.getByRole('tab', { name: 'Loss scale' }).click();
  await expect(page.getByText(/[1-9] of 12 steps skipped/)).toBeVisible();
  await panel.getByRole('figure').getByRole('button', { name: 'Table' }).click();
  await expect(page.getByText('overflow: halved').first()).toBeVisible();
});

test('without a GPU FP32 is trained on the CPU, and said to be', async ({ page }) => {
  const said = complaints(page);
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'gpu'));
  await open(page, slug, `${small}&mode=fp16`);
  await expect(page.getByText('10 steps', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/trains FP32 alone, on the CPU.*pure FP16\) needs a GPU/)).toBeVisible();
  await verified(page);
  const chart = page.getByRole('figure', { name: /Training loss/ });
  await chart.getByRole('button', { name: 'Table' }).click();
  await expect(chart.getByRole('row')).toHaveCount(11);
  await expect(page.getByRole('tab')).toHaveText(['Training', 'Samples', 'Formats']);
  expect(said).toEqual([]);
});
