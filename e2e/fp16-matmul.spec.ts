/** The f16 multiplication's own views: every way to sum, one element by keyboard, the error over K, matrices that do not fit. */
import { expect, test } from '@playwright/test';
import { writeSafetensors } from '../src/lib/safetensors.ts';
import { complaints, open, verified } from './lab';

const small = 'm=32&n=32&k=256&accumulate=f16';

test('the ways to sum are told apart, and the histogram is also a table', async ({ page }) => {
  const said = complaints(page);
  await open(page, 'fp16-matmul', small);
  await verified(page);
  const errors = page.getByRole('region', { name: 'Errors' }).getByRole('row');
  await expect(errors).toHaveCount(5, { timeout: 60_000 });
  const first = await errors.nth(1).getByRole('cell').first().innerText();
  const last = await errors.nth(4).getByRole('cell').first().innerText();
  expect([first, last].map((text) => /10⁻³|10⁻⁷/.test(text))).toEqual([true, true]);
  const figure = page.getByRole('figure', { name: /Relative error of the elements/ });
  await figure.getByRole('button', { name: 'Table' }).click();
  await expect(figure.getByRole('columnheader', { name: 'f16, sums in f16' })).toBeVisible();
  // Whose arithmetic it is stands there: Firefox's adapter has f16, Chromium's has not.
  await expect(page.getByText(/This adapter has (f16 of its own|no f16)/)).toBeVisible();
  expect(said).toEqual([]);
});

test('an element is read by keyboard alone', async ({ page }) => {
  await open(page, 'fp16-matmul', small);
  await verified(page);
  const tab = page.getByRole('tab', { name: 'Ways to sum' });
  await tab.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/^c\[0, 0\] = /)).toBeVisible();
  await page.getByLabel('Row shown').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText(/^c\[1, 2\] = .* float64 .* ulp\)/)).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('img', { name: /Error of C: 32 rows/ })).toBeFocused();
});

test('the error of positive sums in f16 outgrows the root', async ({ page }) => {
  await open(page, 'fp16-matmul', `${small}&distribution=positive`);
  await verified(page);
  await page.getByRole('tab', { name: 'Error over K' }).click();
  const figure = page.getByRole('figure', { name: /^Relative error .* over K/ });
  await expect(figure.getByText('Measuring …')).toBeHidden({ timeout: 90_000 });
  await figure.getByRole('button', { name: 'Table' }).click();
  const at = figure.getByRole('row', { name: /^4,096 / }).getByRole('cell');
  const [half, chunked] = await Promise.all([at.nth(0).innerText(), at.nth(1).innerText()]);
  expect(Number(half)).toBeGreaterThan(0.03);
  expect(chunked).toContain('10⁻⁴');
});

test('matrices that do not fit are refused with both shapes, and the page goes on', async ({ page }) => {
  await open(page, 'fp16-matmul', small);
  await verified(page);
  const matrix = (...shape: [number, number]) =>
    ({ dtype: 'f32', shape, data: new Float32Array(shape[0] * shape[1]) }) as const;
  const file = (b: ReturnType<typeof matrix>) => ({
    name: 'own.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(writeSafetensors([['a', matrix(2, 3)] as const, ['b', b] as const])),
  });
  await page.getByRole('tab', { name: 'Error of C' }).click();
  const input = page.locator('input[type="file"][accept=".safetensors"]');
  await input.setInputFiles(file(matrix(4, 5)));
  await expect(page.getByText(/a \[2, 3\], b \[4, 5\]/).first()).toBeVisible();
  await input.setInputFiles(file(matrix(3, 5)));
  await verified(page);
  await expect(page.getByRole('img', { name: /Error of C: 2 rows down, 5 columns/ })).toBeVisible();
  // Moving a size lets go of the file.
  await page.getByRole('slider', { name: 'Rows M' }).press('ArrowRight');
  await expect(page.getByRole('img', { name: /Error of C: 3\d rows down, 32 columns/ })).toBeVisible();
});
