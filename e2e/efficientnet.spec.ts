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
