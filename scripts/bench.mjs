/**
 * `npm run bench -- [--op …] [--json out.json]`: ours against the peers, in one Chromium page. Builds bench/, serves
 * it, lets the page run, prints its table. Progress goes to stderr.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installPackages, root } from './setup.mjs';

class UsageError extends Error {}

const usage = `npm run bench -- [options]
  --op <names>       ops or single tasks, separated by commas: attention, attention.causal, softmax (default all)
  --variants         a row for every variant of ours, not only for the one that the tuner picks
  --json <file>      write the document {schema: "tilewise.bench/1", environment, rows}
  --markdown         print the table as Markdown
  --adapter <name>   "swiftshader" or "default", the browser's own choice
                     (default: swiftshader where there is no /dev/dri or /dev/nvidia0)
  --chromium <path>  the browser to run (default: the system's, else the one that Playwright downloaded)
Exit: 0 ours is correct everywhere, 1 it is not, 2 bad usage, 4 the run failed.`;

function options() {
  const { values } = parseArgs({
    options: {
      op: { type: 'string', multiple: true },
      variants: { type: 'boolean', default: false },
      json: { type: 'string' },
      markdown: { type: 'boolean', default: false },
      adapter: { type: 'string' },
      chromium: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.adapter !== undefined && !['swiftshader', 'default'].includes(values.adapter))
    throw new UsageError(`--adapter is ${values.adapter}; allowed: swiftshader, default`);
  return values;
}

/** On a software adapter this is the hardware; its load before the run tells whether to believe the figures. */
function host() {
  const load = loadavg()[0] ?? 0;
  if (load > 0.5)
    console.error(`other programs are running (load ${load.toFixed(1)}): the figures will be off`);
  return { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load };
}

const hasGpu = () => existsSync('/dev/dri') || existsSync('/dev/nvidia0') || process.platform !== 'linux';

function launchOptions({ adapter = hasGpu() ? 'default' : 'swiftshader', chromium }) {
  const system = '/usr/bin/chromium';
  return {
    // The full browser: the headless shell has no WebGPU.
    channel: 'chromium',
    executablePath: chromium ?? (existsSync(system) ? system : undefined),
    args: [
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--enable-features=Vulkan',
      ...(adapter === 'swiftshader' ? ['--use-webgpu-adapter=swiftshader', '--use-angle=swiftshader'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
    ],
  };
}

async function main(values) {
  installPackages();
  const { build, preview } = await import('vite');
  const { chromium } = await import('playwright-core');
  const configFile = `${root}bench/vite.config.ts`;
  console.error('building the page');
  await build({ configFile, logLevel: 'warn' });
  const server = await preview({ configFile, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launch(launchOptions(values));
  try {
    const page = await browser.newPage();
    page.on('console', (message) => console.error(message.text()));
    page.on('pageerror', (error) => console.error(error.message));
    await page.goto(server.resolvedUrls.local[0]);
    await page.waitForFunction(() => 'bench' in window);
    const ops = (values.op ?? []).flatMap((names) => names.split(','));
    const allowed = await page.evaluate(() => window.bench.names);
    for (const op of ops) {
      if (!allowed.includes(op)) throw new UsageError(`--op has ${op}; allowed: ${allowed.join(', ')}`);
    }
    const request = { ops, everyVariant: values.variants };
    return await page.evaluate((asked) => window.bench.run(asked), request);
  } finally {
    await browser.close();
    await server.close();
  }
}

let values;
try {
  values = options();
} catch (error) {
  console.error(`${error.message}\n${usage}`);
  process.exit(2);
}
if (values.help) {
  console.log(usage);
  process.exit(0);
}
try {
  const machine = host();
  const { document: answered, table, markdown, pass } = await main(values);
  const document = { ...answered, environment: { ...answered.environment, host: machine } };
  const { adapter, adapterKind, browser } = document.environment;
  console.log(
    `${browser}, adapter ${adapter} (${adapterKind}), ${machine.cores} × ${machine.cpu}, ` +
      `load before ${machine.load.toFixed(1)}, commit ${document.commit}, ${document.startedAt}\n`,
  );
  console.log(values.markdown ? markdown : table);
  if (values.json) {
    // Relative to where npm was called, not to the package.
    const file = resolve(process.env.INIT_CWD ?? '.', values.json);
    writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  }
  process.exitCode = pass ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 4;
}
