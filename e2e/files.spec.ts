/** Files from an address, and images that are none: cut, resumed, refused, stored, deleted; nothing half-loaded is used. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import { writeSafetensors } from '../src/lib/safetensors.ts';
import { ONCE, open, verified } from './lab';

const matrix = (rows: number, columns: number) => ({
  dtype: 'f32' as const,
  shape: [rows, columns],
  data: Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i)),
});
/** 2 MiB: large enough for the shelf. */
const weights = Buffer.from(
  writeSafetensors([
    ['a', matrix(32, 8192)],
    ['b', matrix(8192, 32)],
  ]),
);
const HALF = 2 ** 20;

type Answer = (request: IncomingMessage, response: ServerResponse, from: number) => void;
let server: Server;
let host: string;
let asked: (string | undefined)[];
let answer: Answer;

test.beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const { range } = request.headers;
    asked.push(range);
    response.setHeader('access-control-allow-origin', '*');
    answer(request, response, Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** Answers a range as a server should; `end` breaks the connection there. */
const serve =
  (end = Infinity): Answer =>
  (_, response, from) => {
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': weights.length - from,
      'content-type': 'application/octet-stream',
      'last-modified': 'Fri, 27 Nov 2026 08:00:00 GMT',
      ...(from > 0 && { 'content-range': `bytes ${from}-${weights.length - 1}/${weights.length}` }),
    });
    if (end === Infinity) response.end(weights.subarray(from));
    else
      response.write(weights.subarray(from, Math.max(from, end)), () =>
        setTimeout(() => response.destroy(), 100),
      );
  };

const small = 'm=32&n=32&k=256';
const begin = async (page: Page): Promise<void> => {
  await open(page, 'fp16-matmul', small);
  await verified(page);
};
const load = async (page: Page, address: string): Promise<void> => {
  const field = page.getByLabel('or load it from an address');
  await field.press('ControlOrMeta+A');
  await field.pressSequentially(address);
  await field.press('Enter');
};
const alert = (page: Page) => page.getByRole('region', { name: 'Parameters' }).getByRole('alert');
const loaded = async (page: Page): Promise<void> => {
  await expect(page).toHaveURL(/tensors=w\.safetensors%7E2097\d+%7E[0-9a-f]{64}/);
  await expect(page.getByTestId('download')).toHaveCount(0);
  await verified(page);
};
const shelf = (page: Page) => page.locator('details', { hasText: 'On this device' });

test('a cut connection goes on by itself; the file is found again, listed and deleted', async ({ page }) => {
  answer = (...request) => serve(asked.length === 1 ? HALF : Infinity)(...request);
  await begin(page);
  await load(page, `${host}/w.safetensors`);
  await loaded(page);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatch(/^bytes=\d+-$/);
  expect(Number(asked[1]!.slice(6, -1))).toBeGreaterThan(0);

  // From storage: the server is not asked again.
  await page.reload();
  await verified(page);
  await expect(page.getByText(/This link names the file/)).toHaveCount(0);
  expect(asked).toHaveLength(2);

  await expect(shelf(page)).toContainText('On this device: 1 (2.00 MiB)');
  await shelf(page).locator('summary').click();
  await expect(shelf(page)).toContainText('in use');
  await shelf(page).getByRole('button', { name: 'Delete w.safetensors from this device' }).click();
  await expect(shelf(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(/This link names the file “w\.safetensors” \(2\.00.MiB\)/)).toBeVisible();
});

test('a server that stays away: what came is kept over a reload, and resumed', async ({ page }) => {
  answer = (request, response, from) =>
    from > 0 ? response.destroy() : serve(HALF)(request, response, from);
  await begin(page);
  await load(page, `${host}/w.safetensors`);
  await expect(alert(page)).toContainText(/broke off at .* of 2\.00 MiB, several times/, { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  expect(page.url()).not.toContain('tensors');
  await verified(page);

  await page.reload();
  await verified(page);
  await shelf(page).locator('summary').click();
  await expect(shelf(page)).toContainText(/of 2\.00.MiB/);
  answer = serve();
  const before = asked.length;
  await shelf(page).getByRole('button', { name: 'Resume w.safetensors' }).click();
  await loaded(page);
  expect(asked.slice(before)).toEqual([expect.stringMatching(/^bytes=\d{5,}-$/)]);
});

test('a server that ignores ranges sends it anew', { tag: ONCE }, async ({ page }) => {
  answer = (request, response) => serve(asked.length === 1 ? HALF : Infinity)(request, response, 0);
  await begin(page);
  await load(page, `${host}/w.safetensors`);
  await loaded(page);
  expect(asked).toHaveLength(2);
});

test('progress is shown, and Cancel ends it and keeps what came', async ({ page }) => {
  answer = (_, response) => {
    response.writeHead(200, { 'content-length': weights.length, etag: '"1"' });
    let at = 0;
    const timer = setInterval(() => response.write(weights.subarray(at, (at += 2 ** 14))), 100);
    response.on('close', () => clearInterval(timer));
  };
  await begin(page);
  await load(page, `${host}/w.safetensors`);
  const progress = page.getByTestId('download');
  await expect(progress).toContainText(/KiB of 2\.00.MiB · .*KiB\/s · about .* left/);
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toHaveCount(0);
  await expect(shelf(page)).toContainText('On this device: 1');
  expect(page.url()).not.toContain('tensors');
});

test('what cannot be loaded says what to do, and nothing is kept', async ({ page }) => {
  await begin(page);
  await load(page, 'http://weights.example/w.safetensors');
  await expect(alert(page)).toContainText('only https:// is loaded');
  await load(page, 'no address');
  await expect(alert(page)).toContainText('it begins with https://');

  answer = (_, response) => response.writeHead(404).end();
  await load(page, `${host}/w.safetensors`);
  await expect(alert(page)).toContainText('answered 404: there is no such file');
  answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>');
  await load(page, `${host}/w.safetensors`);
  await expect(alert(page)).toContainText('answered with a web page');
  answer = (_, response) => {
    response.removeHeader('access-control-allow-origin');
    response.end(weights);
  };
  await load(page, `${host}/w.safetensors`);
  await expect(alert(page)).toContainText(
    /does not let other pages load its files \(CORS\)\. Download the file yourself/,
  );

  // Whole, but not what this page computes with: told by its field, and the page goes on.
  answer = (_, response) => response.end(weights.subarray(0, -4));
  await load(page, `${host}/w.safetensors`);
  await expect(page.getByRole('alert', { name: 'Parameters and input' })).toContainText(/data_offsets/);
});

test('where nothing may be stored, it is kept in memory, and says so', async ({ page }) => {
  await page.addInitScript(() => {
    StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));
  });
  let finish = (): void => undefined;
  answer = (_, response) => {
    response.writeHead(200, { 'content-length': weights.length });
    response.write(weights.subarray(0, HALF));
    finish = () => response.end(weights.subarray(HALF));
  };
  await begin(page);
  await load(page, `${host}/w.safetensors`);
  await expect(page.getByTestId('download')).toContainText('kept in memory until the page is closed');
  finish();
  await loaded(page);
  await expect(shelf(page)).toHaveCount(0);
});

const dropImage = async (page: Page, name: string, bytes: Buffer): Promise<void> => {
  await page
    .locator('input[type=file][aria-label="Image"]')
    .first()
    .setInputFiles({ name, mimeType: 'image/jpeg', buffer: bytes });
};

test('a JPEG that is none is told', async ({ page }) => {
  await open(page, 'flash-attention', 'n=64&head-dim=16&input=image');
  await verified(page);
  const doctor = page.getByRole('alert', { name: 'Parameters and input' });
  await dropImage(page, 'cut.jpg', Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'));
  await expect(doctor).toContainText('cut.jpg: not a valid JPEG file: it is damaged or cut off');
  await dropImage(page, 'words.jpg', Buffer.from('no picture at all'));
  await expect(doctor).toContainText('words.jpg: not a valid image file: this browser cannot decode it');
});
