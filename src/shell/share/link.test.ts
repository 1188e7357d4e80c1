import { describe, expect, it } from 'vitest';
import type { DemoDecl } from '@/lab/demo';
import { range } from '@/lab/schema';
import { ownQuery } from '../run/address';
import type { Sides } from '../run/history';
import { embedCode, linkTo } from './link';

const text = (en: string) => ({ en, zh: en });
const demo: DemoDecl = {
  slug: 'walk',
  version: 2,
  title: text('Walk'),
  summary: text(''),
  papers: [],
  params: { n: range({ label: text('n'), min: 1, max: 9, default: 3, integer: true }) },
  metrics: {},
  charts: [],
  presets: [],
  smoke: { params: {}, measurements: [] },
};

const at = (n: number, b?: number): Sides => ({ a: { n }, b: b === undefined ? undefined : { n: b } });

describe('links', () => {
  it('hold what differs from the defaults', () => {
    expect(linkTo('https://a.b/lab/', demo, at(3), 'demos')).toBe('https://a.b/lab/demos/walk?v=2');
    expect(linkTo('https://a.b/', demo, at(5), 'embed')).toBe('https://a.b/embed/walk?n=5&v=2');
    expect(linkTo('https://a.b/', demo, at(5, 3), 'demos')).toBe('https://a.b/demos/walk?n=5&b.n=3&v=2');
  });

  it('keep language and theme of the address they are taken from, which move no parameter', () => {
    const link = linkTo('https://a.b/', demo, at(5), 'demos', '?lang=zh&theme=dark&n=1');
    expect(link).toBe('https://a.b/demos/walk?n=5&v=2&lang=zh&theme=dark');
    expect(ownQuery('?n=5&lang=zh&theme=dark')).toBe(ownQuery('?n=5'));
  });

  it('are escaped in embed code', () => {
    const code = embedCode('https://a.b/?n=5&v=2', 'A "title" <b>');
    expect(code).toContain('src="https://a.b/?n=5&amp;v=2"');
    expect(code).toContain('title="A &quot;title&quot; &lt;b&gt;"');
    expect(code).toContain('allow="camera; clipboard-write; fullscreen"');
  });
});
