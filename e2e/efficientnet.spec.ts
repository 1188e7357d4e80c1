/** EfficientNet: sliders and published networks, one timed, layers profiled, images classified from every source. */
import { expect, test } from '@playwright/test';
import { encode } from 'fast-png';
import { writeSafetensors } from '../src/lib/safetensors';
import { scaled } from '../src/models/vision/efficientnet';
import { madeWeights } from '../src/models/vision/made';
import { tensorsOf } from '../src/models/vision/names/names';
import { timm } from '../src/models/vision/names/timm';
import { complaints, fakeCamera, open, sliders, verified } from './lab';

test.use({ launchOptions: fakeCamera });

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

test('a checkpoint of another width and depth takes the place of the shipped one, and its classes have numbers', async ({
  page,
}) => {
  const network = scaled(0.25, 0.3, 7);
  const bytes = writeSafetensors(madeWeights(3, tensorsOf(network, timm.places(network)), 2));
  await open(page, 'efficientnet', few);
  await verified(page);
  await page.getByRole('tab', { name: 'Classify' }).click();
  const own = { name: 'own.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
  await page.locator('input[type="file"][accept=".safetensors"]').setInputFiles(own);
  await expect(page).toHaveURL(/weights=/);
  await expect(page.getByText(/^EfficientNet of width 0\.25, \d+ blocks/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('list', { name: 'Most likely classes' }).getByRole('listitem')).toHaveCount(5);
});

test('the camera is classified while it runs, a sketch as it is drawn, and neither shows what another source gave', async ({
  page,
}) => {
  const said = complaints(page);
  await open(page, 'efficientnet', few);
  await verified(page);
  await page.getByRole('tab', { name: 'Classify' }).click();
  const top = page.getByRole('list', { name: 'Most likely classes' });
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(top).toHaveCount(0);
  await page.getByRole('button', { name: 'Start the camera', exact: true }).click();
  await expect(top.getByRole('listitem')).toHaveCount(5, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop the camera' }).click();

  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  await expect(top).toHaveCount(0);
  const paper = page.getByRole('application', { name: 'Draw a sign' });
  const { x, y, width, height } = (await paper.boundingBox())!;
  await page.mouse.move(x + 0.2 * width, y + 0.5 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.8 * width, y + 0.5 * height, { steps: 8 });
  await page.mouse.up();
  await expect(top.getByRole('listitem')).toHaveCount(5, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Keep the sketch in the link' }).click();
  await expect(page).toHaveURL(/image=/);
  expect(said).toEqual([]);
});

test('an image dropped on the page is classified, and one of a single pixel as well', async ({ page }) => {
  const said = complaints(page);
  await open(page, 'efficientnet', few);
  await verified(page);
  await page.getByRole('tab', { name: 'Classify' }).click();
  const top = page.getByRole('list', { name: 'Most likely classes' });
  await expect(top.getByRole('listitem')).toHaveCount(5);
  const panel = page.getByRole('tabpanel');
  await panel.getByRole('button', { name: 'Your image', exact: true }).click();
  for (const side of [64, 1]) {
    const data = Uint8Array.from({ length: 3 * side * side }, (_, i) => (7 * i) % 256);
    const png = encode({ width: side, height: side, data, channels: 3, depth: 8 });
    const transfer = await page.evaluateHandle(
      ([name, bytes]) => {
        const given = new DataTransfer();
        given.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
        return given;
      },
      [`${side}.png`, [...png]] as const,
    );
    const before = await top.innerText();
    const zone = panel.locator('label', { has: page.getByLabel('Open an image') });
    await zone.dispatchEvent('drop', { dataTransfer: transfer });
    await expect(zone).toContainText(`${side}.png`);
    await expect(page).toHaveURL(/image=/);
    await expect.poll(() => top.innerText()).not.toBe(before);
    await expect(top.getByRole('listitem')).toHaveCount(5);
  }
  expect(said).toEqual([]);
});
