/** EfficientNet: sliders and published networks, one timed on request. */
import { expect, test } from '@playwright/test';
import { complaints, open, sliders, verified } from './lab';

const few = 'resolution=32';

test('sliders scale the network, published ones are a click away, and one is timed on request', async ({
  page,
}) => {
  const said = complaints(page);
  await open(page, 'efficientnet', few);
  await verified(page);
  await page.getByRole('button', { name: 'B1', exact: true }).click();
  await expect(page).toHaveURL(/network=b1/);
  await expect(page.getByText('7,794,184')).toBeVisible();
  await sliders(page).first().press('ArrowRight');
  await expect(page).not.toHaveURL(/network=/);
  await page.getByRole('tab', { name: 'B0 to B7' }).click();
  const measure = page.getByRole('button', { name: 'Measure B0' });
  await measure.click();
  await expect(measure).toHaveCount(0, { timeout: 60_000 });
  await page.getByRole('tab', { name: 'One or all' }).click();
  await expect(page.getByRole('button', { name: /^Time \d+ networks/ })).toBeVisible();
  expect(said).toEqual([]);
});

test('a profile is cancelled by Escape, and that is no error', async ({ page }) => {
  const said = complaints(page);
  await open(page, 'efficientnet', few);
  await verified(page);
  await page.getByRole('tab', { name: 'Layers' }).click();
  await page.getByRole('button', { name: /^Profile the network/ }).click();
  // The page has another one beside its own progress.
  const cancel = page.getByRole('tabpanel').getByRole('button', { name: 'Cancel' });
  await expect(cancel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(cancel).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Profile the network/ })).toBeEnabled();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(said).toEqual([]);
});

test('the shipped network classifies a made image; a file that is no checkpoint is refused, the page as it was', async ({
  page,
}) => {
  await open(page, 'efficientnet', few);
  await verified(page);
  await page.getByRole('tab', { name: 'Classify' }).click();
  const top = page.getByRole('list', { name: 'Most likely classes' });
  await expect(top.getByRole('listitem')).toHaveCount(5, { timeout: 60_000 });
  await top.getByRole('button').nth(2).click();
  await expect(top.getByRole('button').nth(2)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('added to the logit')).toBeVisible();

  const wrong = { name: 'w.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from('no') };
  await page.locator('input[type="file"][accept=".safetensors"]').setInputFiles(wrong);
  await expect(page.getByText(/w\.safetensors/).first()).toBeVisible();
  await expect(page).not.toHaveURL(/weights=/);
  await expect(top.getByRole('listitem')).toHaveCount(5);
});
