/** A kernel and a demo are one new folder each: copied into a clone, they are listed, checked, run and opened. */
import { expect, test } from '@playwright/test';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ONCE } from './lab';

const here = process.cwd();
let clone: string;

test.beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'tilewise-addition-'));
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  for (const file of files.trim().split('\n')) {
    cpSync(join(here, file), join(clone, file), { preserveTimestamps: true, force: true });
  }
  symlinkSync(join(here, 'node_modules'), join(clone, 'node_modules'));
  cpSync(join(here, 'e2e/fixtures/src'), join(clone, 'src'), { recursive: true });
});
test.afterAll(() => {
  rmSync(clone, { recursive: true, force: true });
});

const node = (...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd: clone, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const lab = (...args: string[]): unknown => JSON.parse(node('scripts/lab.mjs', ...args, '--json'));

test('a fixture kernel and demo are found by themselves', { tag: ONCE }, async ({ page }) => {
  test.slow();
  const listed = JSON.stringify(lab('list'));
  expect(listed).toContain('fixture-twice');
  expect(listed).toContain('fixture-demo');

  expect(JSON.stringify(lab('check', 'fixture-twice'))).toContain('"status":"pass"');
  expect(lab('run', 'fixture-demo', '--n', '10')).toMatchObject({
    schema: 'tilewise.run/1',
    demo: 'fixture-demo',
    params: { n: 10 },
    checks: [{ name: 'y', pass: true }],
  });

  node('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error');
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [
      'node_modules/vite/bin/vite.js',
      'preview',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--strictPort',
    ],
    { cwd: clone, stdio: 'ignore' },
  );
  try {
    const address = `http://127.0.0.1:${port}/demos/fixture-demo/?n=10`;
    await expect(async () => {
      expect((await fetch(address)).status).toBe(200);
    }).toPass();
    await page.goto(address);
    await expect(page.getByTestId('fixture-sum')).toHaveText(/\d/);
    await expect(page.getByRole('heading', { name: 'Fixture demo' })).toBeVisible();
  } finally {
    server.kill();
  }
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}
