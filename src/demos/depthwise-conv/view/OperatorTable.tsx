/** Parameters, multiply-adds and bytes by their formulas; time and memory as measured. */
import type { Measurement } from '@/lab/report';
import type { Lang, Text } from '@/lib/text';
import { bytes, count, duration, significant } from '@/ui/format';
import { NAME, operators } from '../charts';
import type { About } from '../session';
import { gpuPoint } from './Bars';
import style from './view.module.css';

interface OperatorTableProps {
  readonly about: readonly About[];
  readonly points: readonly Measurement[];
  readonly cpuOnly: boolean;
  readonly t: (text: Text) => string;
  readonly lang: Lang;
}

export function OperatorTable({ about, points, cpuOnly, t, lang }: OperatorTableProps) {
  const timeOf = (m: Measurement | undefined): string =>
    m?.timeMs ? duration(m.timeMs.median) : (m?.note?.[lang] ?? '–');
  const onCpu = (id: string, variant: string): Measurement | undefined =>
    points.find((m) => m.name === `${NAME}.${id}` && m.variant === variant);
  return (
    <div
      className={style.scroll}
      role="region"
      tabIndex={0}
      aria-label={t({ en: 'Costs of the operators', zh: '各算子的代价' })}
    >
      <table className={style.table}>
        <thead>
          <tr>
            <th scope="col">{t({ en: 'operator', zh: '算子' })}</th>
            <th scope="col">{t({ en: 'parameters', zh: '参数' })}</th>
            <th scope="col">{t({ en: 'multiply-adds', zh: '乘加次数' })}</th>
            <th scope="col">{t({ en: 'bytes', zh: '字节' })}</th>
            <th scope="col">{t({ en: 'flop/byte', zh: 'flop/字节' })}</th>
            {!cpuOnly && (
              <>
                <th scope="col">{t({ en: 'time, GPU', zh: '耗时（GPU）' })}</th>
                <th scope="col">{t({ en: 'peak memory', zh: '内存峰值' })}</th>
              </>
            )}
            <th scope="col">{t({ en: 'CPU, one worker', zh: 'CPU 单线程' })}</th>
            <th scope="col">{t({ en: 'CPU, all cores', zh: 'CPU 全部核心' })}</th>
          </tr>
        </thead>
        <tbody>
          {about.map((one) => {
            const gpu = gpuPoint(points, one.id);
            return (
              <tr key={one.id}>
                <th scope="row" title={gpu?.variant}>
                  {t(operators[one.id].label)}
                </th>
                <td>{count(one.parameters)}</td>
                <td>{count(one.macs)}</td>
                <td>{bytes(one.bytes)}</td>
                <td>{significant((2 * one.macs) / one.bytes)}</td>
                {!cpuOnly && (
                  <>
                    <td>{timeOf(gpu)}</td>
                    <td>{gpu ? bytes(gpu.peakBytes) : '–'}</td>
                  </>
                )}
                <td>{timeOf(onCpu(one.id, 'one-core'))}</td>
                <td>{timeOf(onCpu(one.id, 'all-cores'))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
