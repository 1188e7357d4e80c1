/** Pictures of the demos, kept in their folders: `src/demos/<slug>/preview[-dark].png` is served as `previews/<slug>[-dark].png`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { root } from './vite-shared.ts';

const folder = `${root}src/demos/`;

/** Files of the pictures by their names in the site. */
export const previewFiles = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder).flatMap((slug) =>
      ['', '-dark']
        .map((theme) => [`${slug}${theme}.png`, `${folder}${slug}/preview${theme}.png`] as const)
        .filter(([, file]) => existsSync(file)),
    ),
  );

export function previews(): Plugin {
  return {
    name: 'tilewise-previews',
    applyToEnvironment: (environment) => environment.name === 'client',
    configureServer(server) {
      server.middlewares.use('/previews', (request, response, next) => {
        const file = previewFiles()[(request.url ?? '').slice(1).split('?')[0]!];
        if (file === undefined) {
          next();
          return;
        }
        response.setHeader('Content-Type', 'image/png');
        response.end(readFileSync(file));
      });
    },
    generateBundle() {
      for (const [name, file] of Object.entries(previewFiles())) {
        this.emitFile({ type: 'asset', fileName: `previews/${name}`, source: readFileSync(file) });
      }
    },
  };
}
