/**
 * 404.html for plain hosts. A host sends it for any missing address, at any depth, so nothing in it can be relative
 * to the file, and nothing may start at the host's root, since the app may stand below it. So the page is complete in
 * itself, and a script takes the gallery's address from that of the page: what stands before `demos/`, `embed/` or `workbench/`;
 * elsewhere the folder, or from a folder the one above, so that repeated clicks climb up to the gallery. Without
 * scripts the link does the same for `folder/missing`. With SITE_URL the address is known.
 */
import { createHash } from 'node:crypto';

/** Runs in the page. */
const script = String.raw`
const { pathname } = location;
const below = /^(.*\/)(?:demos|embed|workbench)(?:\/|$)/.exec(pathname);
document.querySelector('a').href = below ? below[1] : pathname.endsWith('/') ? '../' : './';
`;

/** `csp` is the policy of all pages, to which this page's one script is added; `site` is the app's address. */
export function notFoundPage(csp: string, site?: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = csp.replace(/script-src [^;]*/, `script-src 'sha256-${hash}'`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>tilewise</title>
    <style>
      body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
    </style>
  </head>
  <body>
    <main>
      <h1>tilewise</h1>
      <p>There is no page here. <span lang="zh-CN">这里没有页面。</span></p>
      <p><a href="${site ?? './'}">All demos · <span lang="zh-CN">全部演示</span></a></p>
    </main>
${site === undefined ? `    <script>${script}</script>\n` : ''}  </body>
</html>
`;
}
