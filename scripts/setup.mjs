/**
 * Installs what is missing. `--packages`: the npm packages alone. Without it also browsers and drivers, on Debian as
 * root; elsewhere it says what to install. All output goes to stderr, since stdout belongs to the command that follows.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command with its output on `stdout` (a file descriptor) and throws if it fails. */
export function run(command, args, { stdout = 2, env = {} } = {}) {
  console.error(`$ ${[command, ...args].join(' ')}`);
  const options = { cwd: root, stdio: ['ignore', stdout, 2], env: { ...process.env, ...env } };
  const { status, error } = spawnSync(command, args, options);
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? `exit status ${status}`}`);
}

/** npm as a command line: the one that runs this script, or the one on the path. */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, [cli, ...args]];
  // Windows runs npm.cmd only through a shell, and cmd.exe is one.
  return process.platform === 'win32' ? ['cmd.exe', ['/c', 'npm', ...args]] : ['npm', args];
}

export function installPackages() {
  const installed = `${root}node_modules/.package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs)
    return;
  // `npm run --silent` and NODE_ENV=production are inherited; neither may hide an error or leave out a package.
  run(...npm('ci', '--include=dev', '--loglevel=warn'));
}

/**
 * Debian packages and the oldest version that will do: Dawn finds no adapter in Mesa 22, which Debian 12 has, and
 * Playwright needs commands that Firefox 140 does not know.
 */
const debian = {
  chromium: 0,
  'firefox-esr': 153,
  libvulkan1: 0,
  'fonts-noto-cjk': 0,
  'mesa-vulkan-drivers': 25,
};

function isMissing([name, oldest]) {
  const query = ['-W', '-f', '${db:Status-Status} ${Version}', name];
  const { stdout } = spawnSync('dpkg-query', query, { encoding: 'utf8' });
  const version = /^installed (?:\d+:)?(.*)$/.exec(stdout ?? '')?.[1];
  return version === undefined || parseInt(version, 10) < oldest;
}

/** Every source of the machine, as [file, text], where text is a deb822 paragraph or a line of the classic format. */
function aptSources() {
  const folder = '/etc/apt/sources.list.d/';
  const more = existsSync(folder) ? readdirSync(folder).map((name) => folder + name) : [];
  const files = ['/etc/apt/sources.list', ...more].filter((file) => existsSync(file));
  return files
    .filter((file) => /\.(list|sources)$/.test(file))
    .flatMap((file) => {
      const lines = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => !line.trimStart().startsWith('#'));
      return lines
        .join('\n')
        .split(file.endsWith('.list') ? /\n/ : /\n\s*\n/)
        .filter((text) => text.trim() !== '' && !/^Enabled:\s*no/im.test(text))
        .map((text) => [file, text.trim()]);
    });
}

/** The machine's own source of `suite` with another suite in its place, so that mirror, key and options stay. */
export function sourceFor(sources, suite, wanted) {
  const names = (text, name) => new RegExp(`(^|\\s)${name}/?(\\s|$)`, 'm').test(text);
  if (sources.some(([, text]) => names(text, wanted))) return undefined;
  for (const [file, text] of sources) {
    if (file.endsWith('.list')) {
      const [, start] = /^(deb\s+(?:\[[^\]]*\]\s+)?\S+\s+)(\S+)\s/.exec(text) ?? [];
      if (start && names(text, suite)) return { extension: 'list', text: `${start}${wanted} main\n` };
    } else if (/^Types:.*\bdeb\b(?!-)/m.test(text) && names(/^Suites:.*$/m.exec(text)?.[0] ?? '', suite)) {
      const renamed = text
        .replace(/^Types:.*$/m, 'Types: deb')
        .replace(/^Suites:.*$/m, `Suites: ${wanted}`)
        .replace(/^Components:.*$/m, 'Components: main');
      return { extension: 'sources', text: `${renamed}\n` };
    }
  }
  throw new Error(`no apt source of ${suite} was found; add ${wanted} by hand`);
}

function installOnDebian(missing, codename) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '--no-install-recommends'];
  const backports =
    codename === 'bookworm' && missing.includes('mesa-vulkan-drivers') && `${codename}-backports`;
  if (backports) {
    const source = sourceFor(aptSources(), codename, backports);
    if (source) {
      const file = `/etc/apt/sources.list.d/${backports}.${source.extension}`;
      console.error(`$ cat > ${file}\n${source.text.trim()}`);
      writeFileSync(file, source.text);
    }
  }
  run('apt-get', ['update'], { env });
  const stock = missing.filter((name) => !backports || name !== 'mesa-vulkan-drivers');
  if (stock.length > 0) run('apt-get', [...install, ...stock], { env });
  if (backports) run('apt-get', [...install, '-t', backports, 'mesa-vulkan-drivers'], { env });
}

async function installSystem() {
  const os = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (/^ID="?debian"?$/m.test(os)) {
    const missing = Object.entries(debian)
      .filter(isMissing)
      .map(([name]) => name);
    if (missing.length === 0) return;
    if (process.getuid?.() === 0) {
      installOnDebian(missing, /^VERSION_CODENAME="?(\w+)/m.exec(os)?.[1]);
    } else {
      const mesa = missing.includes('mesa-vulkan-drivers')
        ? ' (Mesa 25: on Debian 12 from bookworm-backports)'
        : '';
      console.error(`The tests need Debian packages that are missing: ${missing.join(' ')}${mesa}.`);
      console.error('Install them as root, or run npm test as root once.');
    }
    return;
  }
  const { chromium, firefox } = await import('playwright-core');
  const system = { chromium: '/usr/bin/chromium', firefox: '/usr/bin/firefox-esr' };
  const missing = [chromium, firefox].filter(
    (browser) => !existsSync(system[browser.name()]) && !existsSync(browser.executablePath()),
  );
  if (missing.length > 0) {
    const names = missing.map((browser) => browser.name()).join(' ');
    console.error(`The tests need browsers that are missing: npx playwright install --with-deps ${names}`);
  }
  if (process.platform === 'linux') {
    console.error('The tests need a Vulkan driver: that of your GPU, or Mesa 25 or later with lavapipe.');
  }
}

export async function setup({ packagesOnly = false } = {}) {
  installPackages();
  if (!packagesOnly) await installSystem();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await setup({ packagesOnly: process.argv.includes('--packages') });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
