/** What a page lives through: a tab that is hidden for a while, files that are cut off or lie about themselves. */
import { expect, test, type Page } from '@playwright/test';
import { complaints, open, small, verified } from './lab';

const show = (page: Page, state: DocumentVisibilityState): Promise<void> =>
  page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => now === 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test('a hidden tab rests: what was asked waits, and goes on where it was', async ({ page }) => {
  const said = complaints(page);
  await open(page, 'sliding-window-max', 'source=random&n=1000');
  await verified(page);
  const tune = page.getByRole('button', { name: 'Find the fastest variant' });
  const board = page.getByRole('region', { name: 'Variants, fastest first' });
  await expect(tune).toBeEnabled();
  await show(page, 'hidden');
  await tune.click();
  await page.waitForTimeout(2000);
  await expect(page.getByText('Timing the variants')).toHaveCount(0);
  await expect(board).toHaveCount(0);
  await show(page, 'visible');
  await expect(board.getByRole('row')).toHaveCount(5);
  await verified(page);
  expect(said).toEqual([]);
});

test('a walk that plays holds in a hidden tab and makes no jump afterwards', async ({ page }) => {
  await open(page, 'flash-attention', 'n=2048&head-dim=16');
  await verified(page);
  await page.getByRole('tab', { name: /walk/i }).click();
  const walk = page.getByRole('group', { name: 'Tile walk' });
  const at = async (): Promise<number> => Number(await walk.getByRole('slider').inputValue());
  await walk.getByRole('button', { name: 'Play' }).click();
  await expect.poll(at).toBeGreaterThan(0);
  await show(page, 'hidden');
  const held = await at();
  await page.waitForTimeout(3000);
  expect(await at()).toBe(held);
  await show(page, 'visible');
  await expect.poll(at, { intervals: [50] }).toBeGreaterThan(held);
  expect(await at()).toBeLessThan(held + 5);
});

/** A safetensors file whose header says `entries`, with `data` bytes after it. */
function safetensors(entries: object, data: number): Buffer {
  const header = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(data)]);
}
const of = (start: number, end: number) => ({ dtype: 'F32', shape: [4, 16], data_offsets: [start, end] });
const sound = { q: of(0, 256), k: of(256, 512), v: of(512, 768) };
const broken: readonly (readonly [what: string, bytes: Buffer, message: RegExp])[] = [
  ['cut off in its data', safetensors(sound, 400), /data_offsets of "k": ends at 512.*400 bytes/],
  ['cut off in its header', safetensors(sound, 0).subarray(0, 40), /header length: \d+ bytes, but only 32/],
  [
    'lying about a shape',
    safetensors({ ...sound, v: { ...of(512, 768), shape: [9, 9] } }, 768),
    /"v": 256 bytes/,
  ],
  ['without one tensor', safetensors({ q: of(0, 256), k: of(256, 512) }, 512), /input "v" is missing/],
];

test('a broken file is told by its field, blames no driver, and the page goes on', async ({ page }) => {
  const said = complaints(page);
  await open(page, 'flash-attention', small('flash-attention'));
  await verified(page);
  const doctor = page.getByRole('alert', { name: 'Parameters and input' });
  const drop = async (name: string, bytes: Buffer): Promise<void> => {
    const dataTransfer = await page.evaluateHandle(
      ([named, data]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], named));
        return transfer;
      },
      [name, bytes.toString('base64')] as const,
    );
    await page
      .locator('input[type=file][aria-label="Tensors q, k, v"]')
      .dispatchEvent('drop', { dataTransfer });
  };
  await drop('sound.safetensors', safetensors(sound, 768));
  await page.getByRole('combobox', { name: 'Input', exact: true }).selectOption('file');
  await expect(page).toHaveURL(/input=file/);
  await verified(page);
  for (const [i, [what, bytes, message]] of broken.entries()) {
    await drop(`broken-${i}.safetensors`, bytes);
    await expect(doctor, what).toContainText(message);
    await expect(doctor).toContainText('not in the GPU');
  }
  await drop('sound.safetensors', safetensors(sound, 768));
  await expect(doctor).toHaveCount(0);
  await verified(page);
  expect(said).toEqual([]);
});
