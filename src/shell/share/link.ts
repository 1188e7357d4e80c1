/** What "Share" copies: a link to the exact state, and a frame for another page. */
import type { DemoDecl } from '@/lab/demo';
import { queryFor } from '../run/address';
import type { Sides } from '../run/history';

/** @param root the app's root with a slash at its end */
export const linkTo = (
  root: string,
  demo: DemoDecl,
  sides: Sides,
  kind: 'demos' | 'embed',
  search = '',
  fragment = '',
): string => `${root}${kind}/${demo.slug}${queryFor(demo, sides, search)}${fragment}`;

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

export const embedCode = (link: string, title: string): string =>
  `<iframe src="${escape(link)}" title="${escape(title)}" width="100%" height="640" style="border:0" loading="lazy" allow="camera; clipboard-write; fullscreen"></iframe>`;
