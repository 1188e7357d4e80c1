/** Diffusion as an SDE: time runs both ways by keyboard, the laws are told apart, too few steps are not "verified". */
import { expect, test } from '@playwright/test';
import { complaints, open, verified } from './lab';

const few = 'particles=512&steps=120&ode=heun';

test('time is scrubbed in both directions, densities and laws are shown', async ({ page }) => {
  const said = complaints(page);
  await open(page, 'diffusion-sde', few);
  await verified(page);
  const time = page.getByRole('slider', { name: 'Time', exact: true });
  await time.press('Home');
  await expect(page.getByText('t = 0, σ = 0')).toBeVisible();
  await page.getByRole('button', { name: 'noise → data' }).click();
  await time.press('Home');
  await expect(page.getByText('t = 1.00, σ = 152')).toBeVisible();
  await page.getByRole('tab', { name: 'Density over time' }).click();
  await expect(page.getByRole('img', { name: /^Reverse SDE: density along x/ })).toBeVisible();
  await page.getByRole('button', { name: 'along y' }).click();
  await expect(page.getByRole('img', { name: /^The process itself: density along y/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Same marginals, other paths' }).click();
  const ode = page.getByText(/The ODE’s have 0\.\d+/);
  await expect(ode).toBeVisible();
  expect(Number(/The ODE’s have (0\.\d+)/.exec(await ode.innerText())![1])).toBeGreaterThan(0.5);
  await expect(page.getByText('All three stay below')).toBeVisible();
  expect(said).toEqual([]);
});

test('where steps are too few, the runs that left the marginals are named', async ({ page }) => {
  await open(page, 'diffusion-sde', 'particles=512&steps=6');
  await page.getByRole('tab', { name: 'Same marginals, other paths' }).click();
  await expect(page.getByText(/Above it at some level: .*Reverse SDE/)).toBeVisible();
});

test('the density through the ODE is read at a point, and agrees with the closed form', async ({ page }) => {
  const said = complaints(page);
  await open(page, 'diffusion-sde', few);
  await page.getByRole('tab', { name: 'Likelihood' }).click();
  const reading = page.locator('output', { hasText: 'difference' });
  await expect(reading).toContainText('RK45', { timeout: 60_000 });
  const before = await reading.innerText();
  await page.getByRole('slider', { name: 'Point read, x₁' }).press('ArrowRight');
  await expect(reading).not.toHaveText(before);
  const [ode, exact] = ['ODE', 'exact'].map((name) => {
    const [, value = ''] = new RegExp(`${name} (−?[\\d.]+)`).exec(before) ?? [];
    return Number(value.replace('−', '-'));
  });
  expect(Math.abs(ode! - exact!)).toBeLessThan(0.1);
  expect(said).toEqual([]);
});
