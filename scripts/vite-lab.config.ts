/** The command line as a bundle for Node, which scripts/lab.mjs builds and runs. */
import { existsSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { define, resolve, root } from './vite-shared.ts';

const entries = ['main', 'worker'].filter((name) => existsSync(`${root}src/cli/${name}.ts`));

/** Views and articles are found with their demos, and only pages load them: here they are empty. */
const noPages: Plugin = {
  name: 'tilewise-no-pages',
  enforce: 'pre',
  load: {
    filter: { id: /\/(view\.tsx|article\.\w+\.mdx)$/ },
    handler: () => ({ code: 'export default null;', moduleType: 'js' }),
  },
};

export default defineConfig({
  root,
  resolve,
  define,
  plugins: [noPages],
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: Object.fromEntries(entries.map((name) => [name, `${root}src/cli/${name}.ts`])),
      // All in one folder: ./worker.js is the worker from wherever it is asked for.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
