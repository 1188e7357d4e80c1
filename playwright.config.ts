import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

// Mesa complains on every device without it.
process.env.XDG_RUNTIME_DIR ??= '/tmp';

/** The system's browser when there is one, else the one that Playwright downloaded. */
const installed = (path: string): string | undefined => (existsSync(path) ? path : undefined);
const chromium = installed('/usr/bin/chromium');
const firefox = installed('/usr/bin/firefox-esr');

const port = process.env.TILEWISE_E2E_PORT ?? '4173';
const baseURL = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Both browsers compute on the CPU: two at a time would only time each other out.
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  // Recording a trace of every test takes a sixth of the time: `--trace on` where one is wanted.
  use: { baseURL, screenshot: 'only-on-failure' },
  webServer: {
    // Vite's own bin: npx would leave a child behind on the port.
    command: `"${process.execPath}" node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: baseURL,
    reuseExistingServer: !process.env.CI,
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        // The full browser: the headless shell has no WebGPU.
        channel: 'chromium',
        launchOptions: {
          executablePath: chromium,
          args: [
            '--no-sandbox',
            '--enable-unsafe-webgpu',
            '--use-webgpu-adapter=swiftshader',
            // Without these two, drawing to a WebGPU canvas kills the instance.
            '--enable-features=Vulkan',
            '--use-angle=swiftshader',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
            '--disable-quic',
          ],
        },
      },
    },
    {
      name: 'firefox',
      grepInvert: /@once/,
      use: {
        browserName: 'firefox',
        ...(firefox && { channel: 'moz-firefox' }),
        launchOptions: {
          executablePath: firefox,
          // Compiling takes longer than computing in these tests, as in those of kernels (`compileQuickly`).
          env: { ...process.env, GALLIVM_PERF: 'nopt' },
          firefoxUserPrefs: { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true },
        },
      },
    },
  ],
});
