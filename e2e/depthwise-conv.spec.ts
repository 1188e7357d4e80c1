/** The views of the depthwise demo: operators measured, a camera filtered, feature maps, blocks chosen by hand. */
import { expect, test, type Page } from '@playwright/test';
import { fakeCamera } from './lab';

const open = async (page: Page, query: string): Promise<void> => {
  await page.goto(`/demos/depthwise-conv?lang=en&${query}`);
  await expect(page.getByText('verified', { exact: true })).toBeVisible({ timeout: 90_000 });
};

test.use({ launchOptions: fakeCamera });

test('operators: the measured ratio of times stands beside that of multiply-adds', async ({ page }) => {
  await open(page, 'channels=32&resolution=14');
  await expect(page.getByText(/1\/C \+ 1\/k² = 0\.142 of the multiply-adds, .* of the time/)).toBeVisible({
    timeout: 90_000,
  });
  const table = page.getByRole('region', { name: 'Costs of the operators' });
  const standard = table.getByRole('row', { name: /standard convolution/ });
  await expect(standard).toContainText('9,248');
  await expect(standard).toContainText(/(ms|µs)/);
});

test('the camera starts on a click, is filtered frame by frame, and stops', async ({ page }) => {
  await open(page, 'show=filters&filter=sobel');
  await page.getByRole('button', { name: 'Start the camera', exact: true }).click();
  await expect(page.getByText(/[1-9]\d* frames a second/)).toBeVisible();
  // Another filter while it runs.
  await page.getByRole('combobox', { name: 'Filter' }).selectOption('sharpen');
  // The new filter's window is there.
  await expect(page.getByLabel('Row 2, column 2')).toHaveValue('5');
  await expect(page.getByText(/[1-9]\d* frames a second/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop the camera' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Start the camera', exact: true })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a camera that is refused is a sentence that says what to do', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await open(page, 'show=filters');
  await page.getByRole('button', { name: 'Start the camera', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Allow it for this site');
  await expect(page.getByRole('button', { name: 'Start the camera', exact: true })).toBeVisible();
});

test('changing a number of the window makes it one’s own, and the link carries it', async ({ page }) => {
  await open(page, 'show=filters&filter=sharpen');
  const field = page.getByLabel('Row 2, column 2');
  // Typed as by hand: what fill() sets in a field of numbers, Firefox puts behind what is there.
  await field.press('ControlOrMeta+a');
  await field.pressSequentially('9');
  await field.press('Enter');
  await expect(page).toHaveURL(/filter=custom/);
  await expect(page.getByLabel('Row 2, column 2')).toHaveValue('9');
  await page.reload();
  await expect(page.getByLabel('Row 2, column 2')).toHaveValue('9');
});

test('feature maps: another layer, said to be of random weights', async ({ page }) => {
  await open(page, 'show=features&network=mobilenet-v1-x0.25');
  await expect(page.getByText('random weights', { exact: true })).toBeVisible();
  await page.getByRole('combobox', { name: /^Layer/ }).selectOption({ index: 3 });
  await expect(page).toHaveURL(/layer=3/);
  await expect(page.getByText('verified', { exact: true })).toBeVisible();
});

test('blocks: arrow keys choose one, its layers are listed and it is timed', async ({ page }) => {
  await open(page, 'show=blocks&network=mobilenet-v1-x0.25&block=1');
  const chosen = page.locator('g[role="button"][aria-pressed="true"]');
  await chosen.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/block=2/);
  await expect(page.getByRole('region', { name: 'Layers' }).getByRole('row')).toHaveCount(3);
  await expect(page.getByText(/This block alone, random weights, on your GPU: /)).toBeVisible({
    timeout: 60_000,
  });
});
