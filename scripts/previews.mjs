/**
 * `node scripts/previews.mjs` records public/previews/<slug>.png from the built site in Firefox, whose screenshots
 * show what the GPU painted: the pictures of the gallery, of shared links and of the README.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { firefox } from 'playwright-core';
import { preview } from 'vite';
import { root } from './setup.mjs';

const WIDTH = 1200;
const HEIGHT = 630;

process.env.XDG_RUNTIME_DIR ??= '/tmp';
const server = await preview({ root, preview: { host: '127.0.0.1', port: 4199 } });
const system = '/usr/bin/firefox-esr';
const browser = await firefox.launch({
  ...(existsSync(system) && { channel: 'moz-firefox', executablePath: system }),
  firefoxUserPrefs: { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true },
});
mkdirSync(`${root}public/previews`, { recursive: true });
for (const slug of readdirSync(`${root}src/demos`).filter((name) =>
  existsSync(`${root}src/demos/${name}/demo.ts`),
)) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  await page.goto(`${server.resolvedUrls.local[0]}demos/${slug}/?theme=light`);
  await page.getByText('verified', { exact: true }).first().waitFor({ timeout: 120_000 });
  await page.locator('#stage').evaluate((stage) => stage.scrollIntoView({ behavior: 'instant' }));
  await page.waitForTimeout(2000);
  await page.screenshot({ path: `${root}public/previews/${slug}.png` });
  await page.close();
  console.log(`public/previews/${slug}.png`);
}
await browser.close();
await server?.close();
