/** The constraint αβ²γ² = 2 in the plane of β and γ at the α in force, and how far the point in force is off it. */
import { growthOf, published } from '../params';
import { significant } from '@/ui/format';
import type { TabProps } from './types';
import style from './view.module.css';

const [LOW, HIGH] = [1, 1.5];
/** Growths whose curves are drawn: the constraint among its neighbours. */
const growths = [1.5, 2, 2.5, 3, 4] as const;
const [SIZE, LEFT, BOTTOM] = [320, 44, 40];
const ticks = [1, 1.1, 1.2, 1.3, 1.4, 1.5];

const x = (beta: number): number => LEFT + ((beta - LOW) / (HIGH - LOW)) * SIZE;
const y = (gamma: number): number => 8 + (1 - (gamma - LOW) / (HIGH - LOW)) * SIZE;

/** γ over β where αβ²γ² is `growth`, as far as the square shows it. */
function curve(alpha: number, growth: number): string {
  const gammaOf = (beta: number): number => Math.sqrt(growth / alpha) / beta;
  const points: string[] = [];
  for (let beta = LOW; beta <= HIGH + 1e-9; beta += 0.01) {
    const gamma = gammaOf(beta);
    if (gamma >= LOW && gamma <= HIGH) points.push(`${x(beta).toFixed(1)},${y(gamma).toFixed(1)}`);
  }
  return points.join(' ');
}

export function ConstraintPlot({ view: { t, params } }: TabProps) {
  const { alpha, beta, gamma } = params;
  const growth = growthOf(params);
  const off = growth / 2 - 1;
  const label = t({
    en: `αβ²γ² = ${significant(growth)} at α = ${alpha}, β = ${beta}, γ = ${gamma}; the constraint is 2`,
    zh: `α = ${alpha}、β = ${beta}、γ = ${gamma} 时 αβ²γ² = ${significant(growth)}；约束为 2`,
  });
  return (
    <figure className={style.constraint}>
      <svg viewBox={`0 0 ${LEFT + SIZE + 12} ${SIZE + 8 + BOTTOM}`} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick} className={style.grid}>
            <line x1={x(tick)} x2={x(tick)} y1={y(HIGH)} y2={y(LOW)} />
            <line x1={x(LOW)} x2={x(HIGH)} y1={y(tick)} y2={y(tick)} />
            <text x={x(tick)} y={y(LOW) + 16} textAnchor="middle">
              {tick}
            </text>
            <text x={x(LOW) - 6} y={y(tick) + 4} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        <text className={style.axis} x={x((LOW + HIGH) / 2)} y={y(LOW) + 34} textAnchor="middle">
          {t({ en: 'width β', zh: '宽度 β' })}
        </text>
        <text
          className={style.axis}
          transform={`translate(12 ${y((LOW + HIGH) / 2)}) rotate(-90)`}
          textAnchor="middle"
        >
          {t({ en: 'resolution γ', zh: '分辨率 γ' })}
        </text>
        {growths.map((each) => (
          <polyline
            key={each}
            className={each === 2 ? style.bound : style.contour}
            points={curve(alpha, each)}
          />
        ))}
        <circle className={style.paper} cx={x(published.beta)} cy={y(published.gamma)} r="5" />
        <circle className={style.point} cx={x(beta)} cy={y(gamma)} r="5" />
      </svg>
      <figcaption className={style.note}>
        <ul className={style.keys}>
          <li data-key="bound">
            {t({ en: `αβ²γ² = 2 at α = ${alpha}`, zh: `α = ${alpha} 时的 αβ²γ² = 2` })}
          </li>
          <li data-key="contour">
            {t({
              en: `= ${growths.filter((g) => g !== 2).join(', ')}`,
              zh: `= ${growths.filter((g) => g !== 2).join('、')}`,
            })}
          </li>
          <li data-key="paper">{t({ en: 'the paper’s β, γ', zh: '论文的 β、γ' })}</li>
          <li data-key="point">{t({ en: 'here', zh: '当前' })}</li>
        </ul>
        {t({
          en: `αβ²γ² = ${significant(growth)}: each φ multiplies the work by that, ${offText(off).en}.`,
          zh: `αβ²γ² = ${significant(growth)}：φ 每增加 1，计算量乘以该值，${offText(off).zh}。`,
        })}
      </figcaption>
    </figure>
  );
}

function offText(off: number): { en: string; zh: string } {
  const percent = `${significant(Math.abs(100 * off), 2)} %`;
  if (Math.abs(off) < 0.005) return { en: 'as the constraint asks', zh: '符合约束' };
  return off < 0
    ? { en: `${percent} less than the constraint’s 2`, zh: `比约束的 2 少 ${percent}` }
    : { en: `${percent} more than the constraint’s 2`, zh: `比约束的 2 多 ${percent}` };
}
