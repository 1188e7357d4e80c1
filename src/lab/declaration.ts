/** What a declaration must hold to beyond its types: every demo is tested for it. */
import type { DemoDecl } from './demo';
import type { Notice } from './runnerState';
import { defaultsOf, type Params } from './schema';
import { reserved, write } from './url';
import { clean, type Raw } from './validate';

/** One sentence for each thing that is wrong. */
export function faultsOf(demo: DemoDecl): string[] {
  const faults: string[] = [];
  const names = Object.keys(demo.params);
  for (const name of names) {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) faults.push(`parameter "${name}" is not in kebab-case`);
    const mayBeSeed = name === 'seed' && demo.params[name]?.kind === 'seed';
    if ((reserved as readonly string[]).includes(name) && !mayBeSeed)
      faults.push(`parameter "${name}" is reserved`);
  }
  const expectKnown = (where: string, params: Partial<Params>): void => {
    for (const name of Object.keys(params)) {
      if (!names.includes(name)) faults.push(`${where}: there is no parameter "${name}"`);
    }
  };
  /** As a link would carry it: in range, and no rule objects. */
  const noticesOf = (params: Partial<Params>): readonly Notice[] => {
    const all = { ...defaultsOf(demo.params), ...params };
    const raw = Object.entries(demo.params).map(([name, param]) => [name, write(param, all[name] ?? null)]);
    return clean(demo, Object.fromEntries(raw) as Raw).notices;
  };
  const expectPossible = (where: string, params: Partial<Params>): void => {
    expectKnown(where, params);
    faults.push(...noticesOf(params).map(({ text }) => `${where}: ${text.en}`));
  };
  const size = demo.size?.(defaultsOf(demo.params));
  if (size !== undefined && demo.params[size]?.kind !== 'range')
    faults.push(`size: "${size}" is not a range that could be made smaller`);
  expectPossible('defaults', {});
  expectPossible('smoke', demo.smoke.params);
  for (const preset of demo.presets) expectPossible(`preset "${preset.id}"`, preset.params);
  for (const { id, x, hold = {} } of demo.charts) {
    expectKnown(`chart "${id}"`, hold);
    expectKnown(`chart "${id}"`, { [x.param]: 0 });
    for (const value of x.values) {
      const moved = noticesOf({ ...hold, [x.param]: value });
      if (moved.some(({ param }) => param === x.param))
        faults.push(`chart "${id}": ${x.param} cannot be ${value}`);
    }
  }
  const unknown = Object.keys(demo.smoke.metrics ?? {}).filter((name) => !Object.hasOwn(demo.metrics, name));
  faults.push(...unknown.map((name) => `smoke: there is no metric "${name}"`));
  for (const [what, ids] of [
    ['chart', demo.charts.map(({ id }) => id)],
    ['preset', demo.presets.map(({ id }) => id)],
  ] as const) {
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    faults.push(...twice.map((id) => `there are two of ${what} "${id}"`));
  }
  return faults;
}
