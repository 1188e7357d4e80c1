/** A declaration with every kind of parameter and a rule, for tests. */
import { defineDemo, type DemoDecl } from './demo';
import { choice, file, range, seed, toggle } from './schema';

const text = (en: string): { en: string; zh: string } => ({ en, zh: en });

export const sampleDemo = defineDemo({
  slug: 'sample',
  version: 3,
  title: text('Sample'),
  summary: text('A sample.'),
  papers: [],
  params: {
    n: range({ label: text('N'), min: 1, max: 4096, default: 256, integer: true, scale: 'log' }),
    heads: range({ label: text('Heads'), min: 1, max: 64, default: 4, integer: true }),
    'kv-heads': range({ label: text('KV heads'), min: 1, max: 64, default: 4, integer: true }),
    scale: range({ label: text('Scale'), min: -2, max: 2, default: 0.5 }),
    causal: toggle({ label: text('Causal'), default: false }),
    dtype: choice({ label: text('Type'), options: { f32: text('f32'), f16: text('f16') }, default: 'f32' }),
    seed: seed(),
    'input-file': file({ label: text('File'), accept: '.safetensors' }),
  },
  size: ({ 'input-file': given }) => (given ? undefined : 'n'),
  rules: [
    (p) =>
      p.heads % p['kv-heads'] === 0
        ? undefined
        : { param: 'kv-heads', value: 1, allowed: text('a divisor of heads') },
    (p) =>
      p.dtype === 'f16' && p.n > 1024
        ? { param: 'n', value: 1024, allowed: text('at most 1024') }
        : undefined,
  ],
  migrate: (query, from) => {
    if (from > 1) return query;
    const { size, ...rest } = query;
    if (size === 'broken') throw new Error('no version wrote this');
    return size === undefined ? rest : { ...rest, n: size };
  },
  metrics: { sum: { label: text('Sum') } },
  charts: [
    {
      id: 'time',
      title: text('Time over N'),
      x: { param: 'n', values: [64, 128, 256], label: text('N'), scale: 'log' },
      y: { field: 'timeMs', label: text('Time'), scale: 'log' },
      series: [{ role: 'fused', label: text('ours'), name: 'sum' }],
      hold: { heads: 1, 'kv-heads': 1 },
    },
  ],
  presets: [],
  smoke: { params: {}, measurements: ['sum'] },
}) as unknown as DemoDecl;
