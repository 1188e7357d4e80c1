/** The build works from a plain host, under a sub-path, without any rule for rewriting. */
import { expect, test } from '@playwright/test';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { complaints, small, verified } from './lab';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};
let server: Server;
let address: string;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://host').pathname);
    const inside = path.startsWith('/some/where/') ? path.slice('/some/where/'.length) : 'outside';
    const asked = join('dist', inside);
    const file = [join(asked, 'index.html'), asked, `${asked}.html`].find(
      (f) => existsSync(f) && statSync(f).isFile(),
    );
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/some/where`;
});
test.afterAll(() => {
  server.close();
});

test('a demo opens under a sub-path, with a slash and by its file', async ({ page }) => {
  const said = complaints(page);
  for (const path of ['demos/flash-attention/', 'demos/flash-attention.html', 'embed/flash-attention/']) {
    await page.goto(`${address}/${path}?${small('flash-attention')}`);
    await verified(page);
  }
  for (const path of ['workbench/softmax/', 'workbench/softmax.html']) {
    await page.goto(`${address}/${path}`);
    await expect(page.getByRole('textbox', { name: /^WGSL: softmax/ })).toBeVisible();
  }
  await page.goto(`${address}/`);
  await page.locator('a[href*="sliding-window-max"]').first().click();
  await expect(page).toHaveURL(new RegExp(`${address}/demos/sliding-window-max`));
  await verified(page);
  expect(said).toEqual([]);
});
