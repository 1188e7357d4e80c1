/** Table 1 of the paper for the network in force: what changed against B0 is marked. */
import type { StageRow } from '../stages';
import { count, quantity } from '@/ui/format';
import type { TabProps } from './types';
import style from './view.module.css';

interface StageTableProps extends TabProps {
  readonly rows: readonly StageRow[];
}

const change = ([before, now]: readonly [number, number]): string =>
  before === now ? count(now) : `${count(before)} → ${count(now)}`;

export function StageTable({ view: { t }, rows }: StageTableProps) {
  const most = Math.max(...rows.map(({ macs }) => macs));
  return (
    <div className={style.scroll} tabIndex={0} role="region" aria-label={t({ en: 'Stages', zh: '各阶段' })}>
      <table className={style.numbers}>
        <thead>
          <tr>
            <th scope="col">{t({ en: 'Stage', zh: '阶段' })}</th>
            <th scope="col">{t({ en: 'Operator', zh: '算子' })}</th>
            <th scope="col">{t({ en: 'Layers', zh: '层数' })}</th>
            <th scope="col">{t({ en: 'Channels', zh: '通道数' })}</th>
            <th scope="col">{t({ en: 'Image', zh: '特征图' })}</th>
            <th scope="col">{t({ en: 'Parameters', zh: '参数量' })}</th>
            <th scope="col">{t({ en: 'Multiply-adds', zh: '乘加次数' })}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, operator, layers, channels, side, parameters, macs }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{operator}</td>
              <td data-changed={layers[0] !== layers[1]}>{change(layers)}</td>
              <td data-changed={channels[0] !== channels[1]}>{change(channels)}</td>
              <td>
                {side} × {side}
              </td>
              <td>{count(parameters)}</td>
              <td>
                <span className={style.share} style={{ inlineSize: `${(100 * macs) / most}%` }} aria-hidden />
                {quantity(macs / 1e6, 'M')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
