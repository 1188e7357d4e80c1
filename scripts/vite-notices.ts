/** THIRD_PARTY_NOTICES.txt: the licence of every package that a module of the page or of its workers came from. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

interface Package {
  folder: string;
  name: string;
  version: string;
  license?: string;
}

/** The package that a file belongs to: the nearest package.json with a name and a version. */
function packageOf(file: string): Package {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    const found = JSON.parse(readFileSync(path, 'utf8')) as Partial<Package>;
    if (found.name && found.version) return { ...(found as Package), folder };
  }
  throw new Error(`${file} belongs to no package, so its licence is unknown`);
}

function notice({ folder, name, version, license }: Package): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (!license && texts.length === 0) throw new Error(`${name} ${version} states no licence`);
  return [`${name} ${version}${license ? ` (${license})` : ''}`, ...texts].join('\n\n');
}

/** The plugin for the page and the one for its workers, which Vite bundles separately and before the page. */
export function notices(): { page: Plugin; worker: Plugin } {
  const modules = new Set<string>();
  const collect = (bundle: Record<string, { type: string; moduleIds?: string[] }>): void => {
    for (const { moduleIds = [] } of Object.values(bundle)) {
      for (const id of moduleIds) {
        if (id.includes('/node_modules/') && !id.startsWith('\0')) modules.add(id.split('?')[0] ?? id);
      }
    }
  };
  return {
    worker: { name: 'tilewise-worker-notices', generateBundle: (_options, bundle) => collect(bundle) },
    page: {
      name: 'tilewise-notices',
      apply: 'build',
      generateBundle(_options, bundle) {
        collect(bundle);
        const packages = new Map([...modules].map(packageOf).map((found) => [found.folder, found]));
        const texts = [...new Set([...packages.values()].map(notice))].sort();
        const source = `tilewise contains code from these packages.\n\n${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
        this.emitFile({ type: 'asset', fileName: 'THIRD_PARTY_NOTICES.txt', source });
      },
    },
  };
}
