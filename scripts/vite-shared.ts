/** What the site, the tests and the command line's bundle have in common. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };

function commit(): string {
  try {
    const git = ['rev-parse', '--short', 'HEAD'];
    return execFileSync('git', git, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}

export const resolve = { alias: { '@': `${root}src` } };

export const define = {
  __TILEWISE_VERSION__: JSON.stringify(version),
  __TILEWISE_COMMIT__: JSON.stringify(commit()),
};

/** What runs from this folder has it too: the site's own files lie beside it. */
export const defineHere = { ...define, __TILEWISE_PUBLIC__: JSON.stringify(`${root}public/`) };
