/** The design space of diffusion: cells swap, the walk scrubs, orders are fitted, a mixture of one's own is sampled. */
import { expect, test } from '@playwright/test';
import { writeSafetensors } from '../src/lib/safetensors';
import { tensor } from '../src/lib/tensor';
import { complaints, open, statusOf, verified } from './lab';

const few = 'particles=512&steps=8';

test('a cell of the design space is taken by itself, and only what applies has a control', async ({
  page,
}) => {
  const said = complaints(page);
  await open(page, 'edm', few);
  await verified(page);
  const panel = page.getByRole('region', { name: 'Parameters' });
  await expect(panel.getByText('S_churn')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Design space' }).click();
  await page.getByRole('button', { name: 'flow matching', exact: true }).click();
  await expect(page).toHaveURL(/process=flow/);
  await page.getByRole('button', { name: /^σ = √t/ }).click();
  await expect(page).toHaveURL(/process=ve/);
  await expect(page).toHaveURL(/schedule=flow/);
  await verified(page);
  expect(said).toEqual([]);
});

test('the particles are scrubbed from noise to data by keyboard', async ({ page }) => {
  await open(page, 'edm', few);
  await verified(page);
  const walk = page.getByRole('slider', { name: 'Steps of the sampler, noise to data' });
  await walk.press('Home');
  await expect(page.getByText('σ = 80.0')).toBeVisible();
  await walk.press('End');
  await expect(page.getByText('σ = 0', { exact: true })).toBeVisible();
});

test('the order of Heun is measured as two', async ({ page }) => {
  await open(page, 'edm', few);
  await page.getByRole('tab', { name: 'Error over cost' }).click();
  const heun = page.getByText(/^Heun \(EDM, algorithm 1\) \(order (\d\.\d+)\)$/);
  await expect(heun).toBeVisible({ timeout: 60_000 });
  const order = Number(/order (\d\.\d+)/.exec(await heun.innerText())![1]);
  expect(Math.abs(order - 2)).toBeLessThan(0.3);
});

test('a sampler that does not go with the process gives way, and says so', async ({ page }) => {
  await open(page, 'edm', `${few}&process=flow&sampler=ddpm`);
  await expect(statusOf(page)).toContainText('ddpm goes with vp and ddpm');
  await verified(page);
});

test('a mixture of the reader’s own replaces the data; a wrong one is refused and nothing is lost', async ({
  page,
}) => {
  await open(page, 'edm', few);
  await verified(page);
  const means = tensor('f32', [2, 2], [-1, 0, 1, 0]);
  const covariances = tensor('f32', [2, 2, 2], [0.01, 0, 0, 0.01, 0.01, 0, 0, 0.01]);
  const file = (weights: readonly number[]) => ({
    name: 'mixture.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(
      writeSafetensors(new Map(Object.entries({ means, covariances, weights: tensor('f32', [2], weights) }))),
    ),
  });
  const input = page.locator('input[type="file"][accept^=".safetensors"]');
  await input.setInputFiles(file([1, -1]));
  await expect(page.getByText('none may be negative').first()).toBeVisible();
  await verified(page);
  await input.setInputFiles(file([3, 1]));
  await verified(page);
  await expect(page).toHaveURL(/mixture=/);
});

test('the U-Net draws the digit asked for, beside the exact denoiser, which repeats its data', async ({
  page,
}) => {
  test.slow();
  const said = complaints(page);
  await open(page, 'edm', `${few}&digit=3`);
  await page.getByRole('tab', { name: 'Digits' }).click();
  const distances = page.getByText(/^distance per pixel \d/);
  await expect(distances).toHaveCount(2, { timeout: 120_000 });
  const [drawn, repeated] = (await distances.allInnerTexts()).map((text) => Number(text.split(' ').at(-1)));
  expect(repeated).toBeLessThan(0.01);
  expect(drawn).toBeGreaterThan(0.1);
  await page.getByRole('slider', { name: 'Steps of the sampler, noise to images' }).press('Home');
  await expect(page.getByText('The U-Net · σ = 80.0')).toBeVisible();
  await expect(page.getByText(/recognises \d+\.\d % as the digit asked for/)).toBeVisible();
  expect(said).toEqual([]);
});
