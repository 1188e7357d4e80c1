/** Each operator's multiply-adds, bytes and time as shares of the standard convolution's. */
import type { Measurement } from '@/lab/report';
import type { Text } from '@/lib/text';
import { significant } from '@/ui/format';
import { NAME, operators, type OperatorId } from '../charts';
import type { About } from '../session';
import style from './view.module.css';

interface BarsProps {
  readonly about: readonly About[];
  readonly points: readonly Measurement[];
  readonly t: (text: Text) => string;
}

export const gpuPoint = (points: readonly Measurement[], id: OperatorId): Measurement | undefined =>
  points.find(({ name, device }) => name === `${NAME}.${id}` && device === 'gpu');

const kinds = [
  { id: 'macs', label: { en: 'multiply-adds', zh: '乘加次数' }, colour: 'var(--role-naive)' },
  { id: 'bytes', label: { en: 'bytes moved', zh: '访存字节' }, colour: 'var(--role-cpu)' },
  { id: 'time', label: { en: 'time, measured', zh: '实测耗时' }, colour: 'var(--role-fused)' },
] as const;

export function Bars({ about, points, t }: BarsProps) {
  const whole = about[0]!;
  const wholeMs = gpuPoint(points, whole.id)?.timeMs?.median;
  const shares = about.map((one) => {
    const ms = gpuPoint(points, one.id)?.timeMs?.median;
    return {
      id: one.id,
      macs: one.macs / whole.macs,
      bytes: one.bytes / whole.bytes,
      time: ms !== undefined && wholeMs !== undefined ? ms / wholeMs : undefined,
    };
  });
  const most = Math.max(1, ...shares.flatMap(({ macs, bytes, time }) => [macs, bytes, time ?? 0]));
  const percent = (share: number): string => `${significant(100 * share, 2)}\u202f%`;
  return (
    <figure className={style.bars} data-preview>
      <figcaption className={style.note}>
        {t({ en: 'Shares of the standard convolution’s', zh: '相对于标准卷积的比例' })}
        {': '}
        {kinds.map(({ id, label, colour }) => (
          <span key={id} className={style.key}>
            <span style={{ background: colour }} aria-hidden />
            {t(label)}
          </span>
        ))}
      </figcaption>
      <dl>
        {shares.map((one) => (
          <div key={one.id} className={style.barRow}>
            <dt>{t(operators[one.id].label)}</dt>
            <dd>
              {kinds.map(({ id, label, colour }) => (
                <span key={id} className={style.bar}>
                  <span
                    style={{ width: `calc((100% - 4.5rem) * ${(one[id] ?? 0) / most})`, background: colour }}
                    aria-hidden
                  />
                  <span className="visually-hidden">{t(label)} </span>
                  {one[id] === undefined ? '–' : percent(one[id])}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
