import mdx from '@mdx-js/rollup';
import react from '@vitejs/plugin-react';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { defineConfig } from 'vite';
import { articles } from './scripts/vite-articles.ts';
import { notices } from './scripts/vite-notices.ts';
import { pages } from './scripts/vite-pages.ts';
import { previews } from './scripts/vite-previews.ts';
import { define, resolve, root } from './scripts/vite-shared.ts';

const { page, worker } = notices();

export default defineConfig({
  root,
  resolve,
  define,
  // The site works from any host and sub-path.
  base: './',
  // A page that does not exist is a 404 here, as on a plain host.
  appType: 'mpa',
  plugins: [
    articles(),
    { enforce: 'pre', ...mdx({ remarkPlugins: [remarkGfm, remarkMath], rehypePlugins: [rehypeKatex] }) },
    react(),
    pages(),
    previews(),
    page,
  ],
  worker: { format: 'es', plugins: () => [worker] },
  build: {
    // The page's Content-Security-Policy lets nothing be fetched from a data: address.
    assetsInlineLimit: 0,
  },
});
