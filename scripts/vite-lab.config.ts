/** The command line and what trains shipped weights as bundles for Node, which scripts/bundle.mjs builds. */
import { defineConfig, type Plugin } from 'vite';
import { defineHere, resolve, root } from './vite-shared.ts';

const entries = {
  main: 'src/cli/main.ts',
  worker: 'src/cli/worker.ts',
  'train-unet': 'scripts/unet/train.ts',
  'evaluate-unet': 'scripts/unet/evaluate.ts',
  'train-signs': 'scripts/signs/train.ts',
  'evaluate-signs': 'scripts/signs/evaluate.ts',
  'train-grid': 'scripts/signs/grid.ts',
};

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
  define: defineHere,
  plugins: [noPages],
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, root + file])),
      // All in one folder: ./worker.js is the worker from wherever it is asked for.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
