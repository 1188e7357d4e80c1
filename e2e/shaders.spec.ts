/** Every kernel's variants compile and are right in this browser's own WGSL compiler (Tint here, naga there). */
import { expect, test } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import type * as Check from '../src/gpu/check.ts';
import type * as Gpu from '../src/gpu/device.ts';
import type * as Lib from '../src/lib/random.ts';
import type * as Shaders from '../src/shaders/index.ts';

let server: ViteDevServer;
let address: string;
test.beforeAll(async () => {
  // The sources themselves: the build has no page that runs kernels by name.
  server = await createServer({
    server: { host: '127.0.0.1', port: 0, watch: null, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
    logLevel: 'error',
  });
  await server.listen();
  address = server.resolvedUrls?.local[0] ?? '';
});
test.afterAll(() => server.close());

/** Of each kernel, cases that differ in kind: the first ones, and one in half precision. */
const FIRST = 3;
const AT_ONCE = 3;

test('kernels against their references', async ({ page }) => {
  test.setTimeout(600_000);
  await page.goto(`${address}favicon.svg`);
  const names = await page.evaluate(async (path) => {
    const { kernelNames } = (await import(path)) as typeof Shaders;
    return kernelNames();
  }, '/src/shaders/index.ts');
  expect(names.length).toBeGreaterThan(5);
  const check = async (name: string): Promise<void> => {
    const rows = await page.evaluate(
      async ([kernel, first]) => {
        const load = <T>(path: string): Promise<T> => import(path);
        const { loadKernel } = await load<typeof Shaders>('/src/shaders/index.ts');
        const { checkKernel } = await load<typeof Check>('/src/gpu/check.ts');
        const { Device } = await load<typeof Gpu>('/src/gpu/device.ts');
        const { Random } = await load<typeof Lib>('/src/lib/random.ts');
        const device = await Device.open(navigator.gpu);
        const room = await loadKernel(kernel);
        const half = room.cases.cases.find((c) =>
          Object.values(c.inputs(new Random(1))).some((tensor) => tensor.dtype === 'f16'),
        );
        const cases = [...room.cases.cases.slice(0, first), ...(half ? [half] : [])].map((c) => c.name);
        const found: Check.CheckRow[] = [];
        for await (const row of checkKernel(device, room, { cases })) found.push(row);
        device.close();
        return found;
      },
      [name, FIRST] as const,
    );
    expect(rows.filter((row) => row.status === 'fail')).toEqual([]);
    expect(rows.some((row) => row.status === 'pass')).toBe(true);
  };
  // Side by side: most of the time one browser does nothing but wait for its next look at the device.
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) await check(name);
    }),
  );
});
