/** The kernel workbench: from a demo, broken, restored, endless, by link, as a file of its own. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { complaints, open, small, verified } from './lab';

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true });
const results = (page: Page) => page.getByRole('region', { name: 'Result' });
const code = (page: Page) => page.getByRole('textbox', { name: /^WGSL: / });
const bench = (query: string): string => `/workbench/softmax?lang=en&${query}`;
const CASE = `case=${encodeURIComponent('odd rows [7 33] axis -1')}`;

async function write(page: Page, text: string): Promise<void> {
  await code(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

test('a demo opens its kernel, variant and file', async ({ page }) => {
  const said = complaints(page);
  await open(page, 'sliding-window-max', small('sliding-window-max'));
  await verified(page);
  await page.getByText('The shaders that ran').click();
  const files = page.getByRole('combobox', { name: 'The shaders that ran' });
  const names = await files.locator('option').allInnerTexts();
  await files.selectOption(names.find((name) => name.startsWith('sliding-window-max/'))!);
  const link = page.getByRole('link', { name: 'Open in workbench' });
  const file = new URL((await link.getAttribute('href'))!, page.url()).searchParams.get('file');
  await link.click();
  await expect(page).toHaveURL(/\/workbench\/sliding-window-max\?variant=/);
  await expect(page.getByRole('tab', { name: file!, selected: true })).toBeVisible();
  expect(said).toEqual([]);
});

test('a broken text shows its errors on their lines, and restoring it repairs it', async ({ page }) => {
  await page.goto(bench(CASE));
  const shipped = await code(page).innerText();
  await code(page).click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('oops ');
  await run(page).click();
  await expect(results(page).getByRole('button', { name: /stats-\w+\.wgsl, line 1$/ })).toBeVisible();
  await expect(page.locator('.cm-lint-marker-error')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(code(page)).toHaveText(shipped.replaceAll('\n', ''));
  await run(page).click();
  await expect(results(page)).toContainText('Right: error', { timeout: 90_000 });
  await expect(results(page)).toContainText('your kernel is');
  // Undo takes back the restoring; Escape, then Tab leaves the editor.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(code(page)).toContainText('oops');
  await code(page).focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(code(page)).not.toBeFocused();
});

test('an endless loop ends, and the page goes on', async ({ page }) => {
  await page.goto(bench(`${CASE}&file=softmax/weights.wgsl`));
  await expect(page.getByRole('tab', { name: 'softmax/weights.wgsl', selected: true })).toBeVisible();
  await write(
    page,
    [
      '@compute @workgroup_size(64)',
      'fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {',
      '  var i = 0u;',
      '  while i < 3000000000u { i = i * params.n; }',
      '  store_y(group_index(group) * 64u + local, load_x(0u) + vec4f(stats[0].x));',
      '}',
    ].join('\n'),
  );
  // Firefox keeps an empty line where all was selected.
  const lines = await page.locator('.cm-line').allInnerTexts();
  const line = lines.findIndex((each) => each.includes('while')) + 1;
  await run(page).click();
  await expect(results(page)).toContainText(`The loop at line ${line} of softmax/weights.wgsl was stopped`);
  await page.getByRole('button', { name: 'Restore' }).click();
  await run(page).click();
  await expect(results(page)).toContainText('Right: error', { timeout: 90_000 });
});

test('a linked kernel waits for the reader', async ({ page, context }) => {
  await page.goto(bench(CASE));
  await code(page).click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('// by hand\n');
  await expect(page).toHaveURL(/#edit=[\w-]+$/);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByText('This kernel came with the link.')).toBeVisible();
  await expect(code(other)).toContainText('// by hand');
  await expect(results(other)).toContainText('Not run yet.');
  await run(other).click();
  await expect(results(other)).toContainText('Right: error', { timeout: 90_000 });
  // A link that is damaged is said to be.
  await other.goto(`${page.url()}AAAA`);
  await other.reload();
  await expect(other.getByText('could not be read')).toBeVisible();
});

test('the downloaded file runs by itself', async ({ page }) => {
  await page.goto(bench(CASE));
  await expect(code(page)).toBeVisible();
  // Firefox gives no download event for a blob before the context has had one for a data: address.
  const priming = page.waitForEvent('download');
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: 'data:text/plain,x', download: 'x' });
    link.click();
  });
  await priming;
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as HTML' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^softmax-\w+\.html$/);
  const path = test.info().outputPath('kernel.html');
  await file.saveAs(path);
  expect(readFileSync(path, 'utf8')).not.toMatch(/https?:\/\//);
  const said = complaints(page);
  await page.goto(pathToFileURL(path).href);
  await run(page).click();
  await expect(page.locator('tr[data-pass="true"]')).toHaveCount(1, { timeout: 60_000 });
  await expect(page.locator('#time')).toContainText('ms', { timeout: 60_000 });
  expect(said).toEqual([]);
});
