/** Bundles of the sources for Node, made anew when one of them has changed; the packages are installed if missing. */
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { installPackages, root, run } from './setup.mjs';

const cache = `${root}.cache/lab/`;

function commit() {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return 'unknown';
  }
}

/** A name for the state of everything that goes into the bundle. */
function fingerprint() {
  const sources = ['src', 'scripts']
    .flatMap((folder) => readdirSync(root + folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  const others = ['package.json', 'package-lock.json'];
  const hash = createHash('sha256').update(commit());
  for (const file of [...sources, ...others.map((name) => root + name)].sort()) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Builds beside the final place and moves the bundle there, so that two commands at once do not disturb each other. */
function build(folder) {
  const temporary = `${folder}.${process.pid}`;
  const args = [
    'build',
    '--config',
    'scripts/vite-lab.config.ts',
    '--outDir',
    temporary,
    '--logLevel',
    'warn',
  ];
  run(process.execPath, [`${root}node_modules/vite/bin/vite.js`, ...args]);
  try {
    renameSync(temporary, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(temporary, { recursive: true });
  }
}

/** Removes bundles of other states, except those of the last day: a long run may still load its chunks. */
function prune(folder) {
  for (const name of readdirSync(cache)) {
    const old = cache + name;
    if (old !== folder && Date.now() - statSync(old).mtimeMs > 86_400_000) {
      rmSync(old, { recursive: true, force: true });
    }
  }
}

/** The folder of the bundle of the sources as they are now. */
function bundle() {
  installPackages();
  const folder = cache + fingerprint();
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    build(folder);
    prune(folder);
  }
  return folder;
}

/** Runs an entry of the bundle in this process; paths on its command line are relative to where npm was called. */
export async function runBundled(entry) {
  let folder;
  try {
    folder = bundle();
  } catch (error) {
    console.error(error.message);
    // What the command line answers when a run fails; 1 would mean that a check failed.
    process.exit(4);
  }
  // Mesa complains on every device without it.
  process.env.XDG_RUNTIME_DIR ??= '/tmp';
  // Not when another command of npm's started this one.
  const asked = process.env.npm_lifecycle_event === (entry === 'main' ? 'lab' : entry.replace('-', ':'));
  if (asked && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  await import(pathToFileURL(`${folder}/${entry}.js`).href);
}
