/**
 * Records the pictures of the gallery, of small embedded frames and of links: what each demo's own view shows, in light
 * and dark, 936 × 492. Needs Firefox, whose screenshots show WebGPU canvases. `npm run previews [-- <address>] [<slug> …]`
 * takes them from the build in dist/, or from a site that is served already, of all demos or of those named.
 */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { firefox } from '@playwright/test';
import { preview } from 'vite';

process.env.XDG_RUNTIME_DIR ??= '/tmp';
const root = fileURLToPath(new URL('..', import.meta.url));

const address = process.argv.slice(2).find((arg) => /^https?:/.test(arg));
const named = process.argv.slice(2).filter((arg) => arg !== address);
const server = address ? undefined : await preview({ root, preview: { port: 0, host: '127.0.0.1' } });
const base = address ?? server.resolvedUrls.local[0];
const system = '/usr/bin/firefox-esr';
const browser = await firefox.launch({
  ...(existsSync(system) && { channel: 'moz-firefox', executablePath: system }),
  firefoxUserPrefs: { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true },
});

/** Smaller than the picture, at a higher density: what a card shows stays legible. */
const size = { width: 624, height: 328 };
const margin = 12;
const all = readdirSync(`${root}src/demos`).filter((name) => existsSync(`${root}src/demos/${name}/demo.ts`));
const unknown = named.find((name) => !all.includes(name));
if (unknown) {
  console.error(`previews: there is no demo ${unknown}; allowed: ${all.join(', ')}`);
  process.exit(2);
}
const demos = named.length > 0 ? named : all;
for (const slug of demos) {
  for (const theme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 912, height: 1200 }, deviceScaleFactor: 1.5 });
    await page.goto(`${base}embed/${slug}?lang=en&theme=${theme}`);
    await page.getByText('verified', { exact: true }).waitFor({ timeout: 120_000 });
    // Where something can be scrubbed, its middle says more than its start.
    const scrubber = page.locator('[data-part="view"] input[type="range"]').first();
    if ((await scrubber.count()) > 0) {
      const part = page.locator('[data-part="view"] [data-preview]').first();
      const share = Number((await part.count()) > 0 && (await part.getAttribute('data-preview'))) || 0.6;
      await scrubber.fill(String(Math.round(share * Number(await scrubber.getAttribute('max')))));
    }
    // What is computed after the result (traces, legends) arrives a moment later.
    await page.waitForTimeout(3000);
    // A process that plays by itself has more to show later on.
    await page
      .getByRole('button', { name: 'Pause', exact: true })
      .waitFor({ state: 'detached', timeout: 90_000 });
    const view = page.locator('[data-part="view"]');
    // A view may say what is worth showing; else its first canvas, else what it opens with.
    const candidates = ['[data-preview]', 'canvas', '[role="tabpanel"]'].map((what) =>
      view.locator(what).first(),
    );
    const counts = await Promise.all(candidates.map((candidate) => candidate.count()));
    const found = counts.findIndex((n) => n > 0);
    const shown = candidates[found] ?? view;
    // A view that names what is worth showing shows all of a chart, the middle of a picture.
    const { height } = await shown.boundingBox();
    const picture = found === 0 && (await shown.locator('canvas').count()) > 0;
    if (found === 0 && !picture) {
      await shown.evaluate((element, zoom) => (element.style.zoom = zoom), Math.min(1, size.height / height));
      await page.waitForTimeout(500);
    }
    // A canvas has its labels above it.
    const top = picture ? (size.height - height) / 2 : found === 1 ? 3 * margin : margin / 2;
    const [{ x }, { y }] = await Promise.all([view.boundingBox(), shown.boundingBox()]);
    const path = `${root}src/demos/${slug}/preview${theme === 'dark' ? '-dark' : ''}.png`;
    await page.screenshot({ path, clip: { x: x - margin, y: Math.max(0, y - top), ...size } });
    await page.close();
    console.log(path);
  }
}
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
// The cards show the pictures just taken, not the site's.
await page.route('**/previews/*.png', (route) => {
  const [, slug, dark = ''] = /([^/]+?)(-dark)?\.png$/.exec(route.request().url());
  return route.fulfill({ path: `${root}src/demos/${slug}/preview${dark}.png` });
});
await page.goto(`${base}?lang=en&theme=light`);
await page.getByRole('heading', { level: 1 }).waitFor();
await page.waitForTimeout(1000);
await page.screenshot({ path: `${root}public/previews/home.png` });
await browser.close();
await server?.close();
