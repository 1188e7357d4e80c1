import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { notFoundPage } from './vite-not-found.ts';

const csp = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'";
const scriptOf = (html: string): string | undefined => /<script>(.*)<\/script>/s.exec(html)?.[1];

/** Where the link leads on a host where `address` is missing. */
function linkAt(address: string): string {
  const link = { href: '' };
  const document = { querySelector: () => link };
  runInNewContext(scriptOf(notFoundPage(csp)) ?? '', { location: new URL(address), document });
  return new URL(link.href, address).href;
}

test.each([
  ['https://host/demos/none', 'https://host/'],
  ['https://host/demos/none/', 'https://host/'],
  ['https://host/embed', 'https://host/'],
  ['https://host/some/where/demos/none/deeper/', 'https://host/some/where/'],
  ['https://host/demos/tilewise/demos/none', 'https://host/demos/tilewise/'],
  ['https://host/some/where/none', 'https://host/some/where/'],
  ['https://host/some/where/none/', 'https://host/some/where/'],
])('from %s to %s', (address, gallery) => {
  expect(linkAt(address)).toBe(gallery);
});

test('the policy allows this script and no other, and the page asks for nothing beside itself', () => {
  const html = notFoundPage(csp);
  const hash = createHash('sha256')
    .update(scriptOf(html) ?? '')
    .digest('base64');
  expect(html).toContain(`script-src 'sha256-${hash}';`);
  expect(html).not.toContain('wasm-unsafe-eval');
  expect(html).not.toMatch(/src="|href="\//);
});

test('an address that is known needs no script', () => {
  const html = notFoundPage(csp, 'https://host/some/where/');
  expect(html).toContain('href="https://host/some/where/"');
  expect(scriptOf(html)).toBeUndefined();
});
