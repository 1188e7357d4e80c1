/** A bar for each layer, in the order in which they run, in the colour of its kind. */
import type { Kind } from '../profile';
import style from './view.module.css';

interface LayerBarsProps {
  readonly layers: readonly {
    readonly name: string;
    readonly kind: Kind;
    readonly value: number | null;
    readonly text: string;
  }[];
  readonly unit: (value: number) => string;
  readonly label: string;
}

const [WIDTH, HEIGHT, LEFT, BELOW] = [760, 220, 70, 22];
/** Of a letter, at most. */
const LETTER = 8;

/** Round steps up to the largest value. */
function ticksOf(most: number): number[] {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}

const blockOf = (name: string): string => name.split(' ')[0]!.split('.')[0]!;

/** Where each block begins; a name that would lie over the one before it is left out. */
function namesOf(layers: LayerBarsProps['layers'], width: number): { name: string; x: number }[] {
  let end = -Infinity;
  return layers.flatMap(({ name: layer }, i) => {
    const name = blockOf(layer);
    if (i > 0 && blockOf(layers[i - 1]!.name) === name) return [];
    const x = LEFT + i * width;
    const room = x > end;
    if (room) end = x + LETTER * (name.length + 1);
    return [{ name: room ? name : '', x }];
  });
}

export function LayerBars({ layers, unit, label }: LayerBarsProps) {
  const most = Math.max(...layers.map(({ value }) => value ?? 0)) || 1;
  const width = (WIDTH - LEFT) / layers.length;
  const y = (value: number): number => 6 + HEIGHT * (1 - value / most);
  const named = namesOf(layers, width);
  return (
    <div className={style.scroll} tabIndex={0} role="region" aria-label={label}>
      <svg
        className={style.bars}
        viewBox={`0 0 ${WIDTH} ${HEIGHT + BELOW + 6}`}
        role="img"
        aria-label={label}
      >
        {ticksOf(most).map((tick) => (
          <g key={tick} className={style.grid}>
            <line x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
              {tick === 0 ? '0' : unit(tick)}
            </text>
          </g>
        ))}
        {layers.map(({ name, kind, value, text }, i) => (
          <g key={i}>
            <rect
              className={style.bar}
              data-kind={kind}
              x={LEFT + i * width}
              width={Math.max(0.5, width - 0.6)}
              y={y(value ?? 0)}
              height={y(0) - y(value ?? 0)}
            >
              <title>{`${name}: ${text}`}</title>
            </rect>
          </g>
        ))}
        {named.map(({ name, x }) => (
          <g key={x} className={style.grid}>
            <line x1={x} x2={x} y1={y(0)} y2={y(0) + 6} />
            <text
              x={x + LETTER * name.length > WIDTH ? WIDTH : x + 2}
              y={y(0) + 16}
              textAnchor={x + LETTER * name.length > WIDTH ? 'end' : 'start'}
            >
              {name}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
