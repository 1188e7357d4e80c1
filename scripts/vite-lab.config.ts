/** The command line as a bundle for Node, which scripts/lab.mjs builds and runs. */
import { existsSync } from 'node:fs';
import { defineConfig } from 'vite';
import { define, resolve, root } from './vite-shared.ts';

const entries = ['main', 'worker'].filter((name) => existsSync(`${root}src/cli/${name}.ts`));

export default defineConfig({
  root,
  resolve,
  define,
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
