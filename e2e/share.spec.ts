/** A state is a link, a report is a file, and what was done can be undone. */
import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { open, sliders, statusOf, verified } from './lab';

test('moving a parameter moves the link, undo and redo follow, the link reopens it', async ({
  page,
  context,
}) => {
  await open(page, 'flash-attention', 'n=128');
  await verified(page);
  await page
    .getByRole('switch', { name: /causal/i })
    .or(page.getByRole('checkbox', { name: /causal/i }))
    .first()
    .click();
  await expect(page).toHaveURL(/causal=(true|1)/);
  await page.keyboard.press('Control+z');
  await expect(page).not.toHaveURL(/causal/);
  await page.keyboard.press('Control+Shift+z');
  await expect(page).toHaveURL(/causal=(true|1)/);
  const link = page.url();
  expect(link).toMatch(/[?&]v=1/);
  const other = await context.newPage();
  await other.goto(link);
  await verified(other);
  expect(new URL(other.url()).search).toBe(new URL(link).search);
});

test('the run report can be saved and opened again', async ({ page }) => {
  await open(page, 'sliding-window-max', 'source=random&n=5000&k=9');
  await verified(page);
  // Firefox gives no download event for a blob before the context has had one for a data: address.
  const priming = page.waitForEvent('download');
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: 'data:text/plain,x', download: 'x' });
    link.click();
  });
  await priming;
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /JSON/ }).click();
  const path = await (await download).path();
  const report = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  expect(report).toMatchObject({
    schema: 'tilewise.run/1',
    demo: 'sliding-window-max',
    params: { n: 5000, k: 9 },
  });
  expect(report.checks).toEqual(expect.arrayContaining([expect.objectContaining({ pass: true })]));

  await open(page, 'sliding-window-max');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: /report…/ }).click();
  await (await chooser).setFiles(path);
  await expect(page).toHaveURL(/n=5000/);
  await expect(page).toHaveURL(/k=9/);
});

test('everything can be reached and moved by keyboard, Escape closes', async ({ page }) => {
  await open(page, 'flash-attention', 'n=128');
  await verified(page);
  const share = page.getByRole('button', { name: 'Share', exact: true });
  await share.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await expect(share).toBeFocused();
  const slider = sliders(page).first();
  await slider.focus();
  const before = page.url();
  await page.keyboard.press('ArrowRight');
  await expect(page).not.toHaveURL(before);
});

test('the language and the theme are switched by a button and by the link', async ({ page }) => {
  await open(page, 'sliding-window-max', 'lang=zh&theme=dark');
  await expect(page.locator('html')).toHaveAttribute('lang', /zh/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[一-鿿]/);
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', /en/);
});

test('numbers that the reader pastes are what runs, and the link carries them', async ({ page, browser }) => {
  await open(page, 'sliding-window-max');
  await verified(page);
  await page.getByText('Use your own numbers or image').click();
  await page.getByRole('textbox', { name: /Numbers apart/ }).pressSequentially('4 8 15 16 23 42');
  await page.getByRole('button', { name: 'Use these numbers' }).click();
  await expect(page).toHaveURL(/source=file/);
  await verified(page);
  await expect(page.getByText(/of 4 rows/)).toBeVisible();
  await expect(page).toHaveURL(/#data=[\w-]+$/);

  // Another reader, whose browser holds nothing.
  const elsewhere = await browser.newContext();
  try {
    const other = await elsewhere.newPage();
    await other.goto(page.url());
    await verified(other);
    await expect(other.getByText(/of 4 rows/)).toBeVisible();
    await expect(statusOf(other)).toHaveText('');
    await other.goto('about:blank');
  } finally {
    await elsewhere.close();
  }
});

test('data of a link that is damaged is told, and the default is shown', async ({ page }) => {
  const data = `pasted.csv~15~${'ab'.repeat(32)}`;
  await open(page, 'sliding-window-max', `source=file&data=${data}&v=1#data=AAAA`);
  await expect(statusOf(page)).toContainText('damaged');
  await verified(page);
});
