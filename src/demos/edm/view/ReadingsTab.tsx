/** One output of the network, four readings: the same arrows' worth of knowledge as x₀, ε, v and the score. */
import { useMemo, useState } from 'react';
import type { SeriesRole } from '@/lab/demo';
import type { Text } from '@/lib/text';
import { preconditionings } from '@/methods/diffusion/preconditioning';
import { Chart } from '@/ui/Chart';
import { Scrubber } from '@/ui/Scrubber';
import { significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { Waiting } from '@/ui/Waiting';
import {
  readable,
  readingNames,
  readingsAt,
  sizeOf,
  type OutputName,
  type Point,
  type Reading,
} from '../readings';
import { params as schema } from '../params';
import { Formula } from './Formula';
import type { TabProps } from './types';
import style from './view.module.css';

const PARTICLES = 72;
/** Levels of the chart. */
const CHARTED = 25;
/** An arrow of the root mean square size, in units of the frame. */
const ARROW = 0.16;

interface Output {
  readonly title: Text;
  readonly formula: string;
  readonly role: SeriesRole;
}
const outputs: Readonly<Record<OutputName, Output>> = {
  x0: { title: { en: 'x₀: the clean point', zh: 'x₀：干净的点' }, formula: 'D', role: 'fused' },
  eps: { title: { en: 'ε: the noise', zh: 'ε：噪声' }, formula: 'ε = (x − s D)/(s σ)', role: 'naive' },
  v: {
    title: { en: 'v: between both', zh: 'v：介于二者之间' },
    formula: 'v = s ε − s σ D',
    role: 'alternative',
  },
  score: {
    title: { en: 'score: uphill', zh: '得分：密度上升的方向' },
    formula: '∇ log p = −ε/(s σ)',
    role: 'cpu',
  },
  F: { title: { en: 'F: what the network gives', zh: 'F：网络的输出' }, formula: 'F', role: 'cpu-all' },
};
const colour: Readonly<Record<SeriesRole, string>> = {
  ...{ fused: 'var(--role-fused)', naive: 'var(--role-naive)', alternative: 'var(--role-alternative)' },
  ...{ cpu: 'var(--role-cpu)', 'cpu-all': 'var(--role-cpu-all)' },
  ...{ wasm: 'var(--role-wasm)', predicted: 'var(--role-predicted)' },
};

export function ReadingsTab({ view }: TabProps) {
  const { t, params, session } = view;
  const [asked, setAsked] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const { value } = useAsk(
    view,
    async (session) => {
      const { rows, values } = await session.trace();
      const count = Math.min(PARTICLES, rows);
      return session.program.flatMap((_, step) => {
        const level = session.level(step);
        const points = Array.from({ length: count }, (_, i): Point => {
          const at = 2 * (step * rows + i);
          return [values[at]!, values[at + 1]!];
        });
        return readable(level) ? [{ level, half: session.window(step), points }] : [];
      });
    },
    [],
  );
  const pre = useMemo(() => preconditionings[params.preconditioning](), [params.preconditioning]);
  const mixture = session?.mixture;
  const charted = useMemo(() => {
    if (!value || !mixture) return [];
    const stride = Math.max(1, Math.ceil(value.length / CHARTED));
    return value
      .filter((_, i) => i % stride === 0 || i === value.length - 1)
      .map(({ level, points }) => ({
        sigma: level.std / level.s,
        readings: readingsAt(mixture, pre, level, points),
      }));
  }, [value, mixture, pre]);
  if (!value || !mixture) return <Waiting aspect={1} width="38rem" />;
  const at = Math.min(asked ?? Math.floor((2 * value.length) / 3), value.length - 1);
  const { level, half, points } = value[at]!;
  const readings = readingsAt(mixture, pre, level, points);
  const sigma = significant(level.std / level.s);
  const picked = readings[Math.min(chosen, readings.length - 1)]!;
  const names = [...readingNames, 'F'] as const;
  return (
    <div className={style.stack}>
      <div className={style.four}>
        {readingNames.map((name) => (
          <figure key={name} className={style.samples}>
            <Arrows
              {...{ readings, name, half, chosen, s: level.s }}
              onPick={setChosen}
              label={t({
                en: `${outputs[name].title.en} at σ = ${sigma}`,
                zh: `${outputs[name].title.zh}，σ = ${sigma}`,
              })}
            />
            <figcaption className={style.note}>
              {t(outputs[name].title)} · <Formula>{outputs[name].formula}</Formula> ·{' '}
              {t({ en: 'size', zh: '大小' })} {significant(sizeOf(readings, name))}
            </figcaption>
          </figure>
        ))}
      </div>
      <Scrubber
        length={value.length}
        at={at}
        onMove={setAsked}
        label={t({ en: 'Noise levels', zh: '噪声水平' })}
        caption={`σ = ${sigma}`}
      />
      <p className={style.note}>
        {t({
          en: `The network gives F (preconditioning: ${schema.preconditioning.options[params.preconditioning].en}). Given x, each reading follows from it exactly, and it from each. What differs is size: the score grows as σ falls, until σ is below the data’s own thickness; ε is near 1 where noise is most of x, and what can be said of x₀ is most where noise is little. Blue lines end at D; the other arrows are drawn to one length on average. Pick a particle for its numbers.`,
          zh: `网络给出 F（预条件：${schema.preconditioning.options[params.preconditioning].zh}）。已知 x，每种读法都可由它精确得出，反之亦然。不同的只是大小：得分随 σ 减小而增长，直到 σ 小于数据自身的粗细；x 以噪声为主时 ε 接近 1，噪声越小则越能确定 x₀。蓝线的终点即 D；其余箭头缩放到相同的平均长度。点选一个粒子可看其数值。`,
        })}
      </p>
      <div
        className={style.scroll}
        tabIndex={0}
        role="region"
        aria-label={t({ en: 'One particle', zh: '单个粒子' })}
      >
        <table className={style.numbers}>
          <caption>
            {t({ en: `Particle ${chosen}`, zh: `粒子 ${chosen}` })}: x = {pair(picked.x)}, σ = {sigma}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t({ en: 'read as', zh: '读作' })}</th>
              <th scope="col">{t({ en: 'value', zh: '值' })}</th>
              <th scope="col">{t({ en: 'D from it', zh: '由它得到的 D' })}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}>
                <th scope="row">{t(outputs[name].title)}</th>
                <td>{pair(picked[name])}</td>
                <td>{pair(picked.back[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Chart
        title={t({
          en: 'Size of the same output in each reading, over σ',
          zh: '同一输出在各种读法下的大小随 σ 的变化',
        })}
        x={{ label: 'σ', scale: 'log' }}
        y={{ label: t({ en: 'root mean square', zh: '均方根' }), scale: 'log' }}
        lines={names.map((name) => ({
          id: name,
          role: outputs[name].role,
          label: t(outputs[name].title),
          points: charted.map(({ sigma, readings }) => ({ x: sigma, y: sizeOf(readings, name) })),
        }))}
      />
    </div>
  );
}

const pair = ([a, b]: Point): string => `(${significant(a)}, ${significant(b)})`;

interface ArrowsProps {
  readonly readings: readonly Reading[];
  readonly name: OutputName;
  /** Half of the frame's side. */
  readonly half: number;
  readonly s: number;
  readonly chosen: number;
  readonly onPick: (particle: number) => void;
  readonly label: string;
}

function Arrows({ readings, name, half, s, chosen, onPick, label }: ArrowsProps) {
  const scale = ARROW / Math.max(1e-300, Math.SQRT2 * sizeOf(readings, name));
  // The clean point is a place; what the others are is a direction.
  const end = ({ x, [name]: [a, b] }: Reading): Point =>
    name === 'x0' ? [(s * a) / half, (s * b) / half] : [x[0] / half + scale * a, x[1] / half + scale * b];
  return (
    <svg className={style.plain} viewBox="-1 -1 2 2" role="img" aria-label={label}>
      {readings.map((reading, i) => {
        const [px, py] = [reading.x[0] / half, -reading.x[1] / half];
        const [ex, ey] = end(reading);
        const strong = i === chosen;
        return (
          <g key={i} onClick={() => onPick(i)} opacity={strong ? 1 : 0.7}>
            <line
              x1={px}
              y1={py}
              x2={ex}
              y2={-ey}
              stroke={colour[outputs[name].role]}
              strokeWidth={strong ? 0.022 : 0.011}
            />
            <circle cx={px} cy={py} r={strong ? 0.028 : 0.016} fill={colour[outputs[name].role]} />
          </g>
        );
      })}
    </svg>
  );
}
