/**
 * One real page for every demo, `demos/<slug>` and `embed/<slug>`, and for every kernel, `workbench/<kernel>`, each as
 * `<slug>.html` and `<slug>/index.html`, so that a plain host finds it with and without a trailing slash and a preview of
 * a link knows its title and picture. The pages are index.html with their own head and with `./` pointing at the app's
 * root.
 */
import { existsSync, readdirSync } from 'node:fs';
import { type Plugin, runnerImport } from 'vite';
import { notFoundPage } from './vite-not-found.ts';
import { previewFiles } from './vite-previews.ts';
import { resolve, root } from './vite-shared.ts';

interface Demo {
  slug: string;
  title: { en: string };
  summary: { en: string };
}

interface Page {
  /** Address below the app's root, without a leading or trailing slash. */
  path: string;
  title: string;
  description: string;
  /** Name of a picture: a demo's, or one in public/previews. */
  preview: string;
  /** The page that search engines should show in place of this one. */
  canonical?: string;
}

const home: Page = {
  path: '',
  title: 'tilewise',
  description:
    'Algorithms of modern machine learning, run, measured and checked on your own GPU, in a web page.',
  preview: 'home',
};

const csp = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  // Checkpoints come from any host, safely; what this machine itself serves never leaves it.
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  // Libraries place popovers and colour code with style attributes.
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

async function demoPages(): Promise<Page[]> {
  const folder = `${root}src/demos/`;
  const files = existsSync(folder) ? readdirSync(folder).map((slug) => `${folder}${slug}/demo.ts`) : [];
  const found: Page[] = [];
  for (const file of files.filter((file) => existsSync(file)).sort()) {
    const { module } = await runnerImport<{ demo: Demo }>(file, {
      configFile: false,
      root,
      resolve,
      logLevel: 'warn',
    });
    const { slug, title, summary } = module.demo;
    const page = { title: `${title.en} · tilewise`, description: summary.en, preview: slug };
    found.push({ ...page, path: `demos/${slug}` });
    found.push({ ...page, path: `embed/${slug}`, canonical: `demos/${slug}` });
  }
  return found;
}

/** The workbench, its list of kernels, and one page for each kernel, found by its folder. */
function workbenchPages(): Page[] {
  const folder = `${root}src/shaders/`;
  const kernels = readdirSync(folder).filter((name) => existsSync(`${folder}${name}/kernel.ts`));
  const description =
    'Edit a WGSL compute kernel in the page, check it against a float64 reference, time it against the shipped one.';
  const page = (name: string, path: string): Page => ({
    ...{ path, description, preview: 'home' },
    title: `${name}Kernel workbench · tilewise`,
  });
  return [page('', 'workbench'), ...kernels.map((name) => page(`${name} · `, `workbench/${name}`))];
}

const quote = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

function head(page: Page, site: string | undefined): string {
  const meta = (kind: 'name' | 'property', key: string, content: string): string =>
    `<meta ${kind}="${key}" content="${quote(content)}" />`;
  const lines = [
    `<title>${quote(page.title)}</title>`,
    meta('name', 'description', page.description),
    meta('property', 'og:type', 'website'),
    meta('property', 'og:site_name', 'tilewise'),
    meta('property', 'og:title', page.title),
    meta('property', 'og:description', page.description),
  ];
  const name = `${page.preview}.png`;
  const picture = `previews/${name}`;
  if (name in previewFiles() || existsSync(`${root}public/${picture}`)) {
    lines.push(meta('property', 'og:image', site ? new URL(picture, site).href : `./${picture}`));
    lines.push(meta('name', 'twitter:card', 'summary_large_image'));
  }
  if (site) {
    const address = new URL(page.canonical ?? page.path, site).href;
    lines.push(`<link rel="canonical" href="${quote(address)}" />`, meta('property', 'og:url', address));
  }
  return lines.join('\n    ');
}

export function pages(): Plugin {
  // A missing slash at the end would make every address relative to the folder above.
  const site = process.env.SITE_URL && new URL(process.env.SITE_URL.replace(/\/*$/, '/')).href;
  let building = false;
  return {
    name: 'tilewise-pages',
    enforce: 'post',
    applyToEnvironment: (environment) => environment.name === 'client',
    configResolved(config) {
      building = config.command === 'build';
    },
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path = '', query] = (request.url ?? '').split('?');
        if (/^\/(?:(?:demos|embed|workbench)\/[^/.]+|workbench)\/?$/.test(path)) {
          request.url = `/index.html${query === undefined ? '' : `?${query}`}`;
        }
        next();
      });
    },
    transformIndexHtml(html) {
      if (building) {
        return [
          {
            tag: 'meta',
            attrs: { 'http-equiv': 'Content-Security-Policy', content: csp },
            injectTo: 'head-prepend',
          },
        ];
      }
      return html.replace('<!--page-->', head(home, site)).replace('content="./"', 'content="/"');
    },
    async generateBundle(_options, bundle) {
      const index = bundle['index.html'];
      if (index?.type !== 'asset') throw new Error('index.html is not in the build');
      const template = String(index.source);
      const write = (fileName: string, page: Page): void => {
        const up = '../'.repeat(fileName.split('/').length - 1) || './';
        const source = template
          .replace('<!--page-->', () => head(page, site))
          .replace(/(href|src|content)="\.\//g, `$1="${up}`);
        this.emitFile({ type: 'asset', fileName, source });
      };
      for (const page of [...(await demoPages()), ...workbenchPages()]) {
        write(`${page.path}.html`, page);
        write(`${page.path}/index.html`, page);
      }
      this.emitFile({
        type: 'asset',
        fileName: '404.html',
        source: notFoundPage(csp, site ? quote(site) : undefined),
      });
      index.source = template.replace('<!--page-->', () => head(home, site));
    },
  };
}
