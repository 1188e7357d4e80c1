/** The diagram's numbers as a table for each network. */
import type { Text } from '@/lib/text';
import { count } from '@/ui/format';
import type { NetworkAbout } from '../blocks';
import style from './view.module.css';

interface NetworkTableProps {
  readonly networks: readonly NetworkAbout[];
  readonly titles: readonly string[];
  readonly t: (text: Text) => string;
}

export const NetworkTable = ({ networks, titles, t }: NetworkTableProps) => (
  <details className={style.own}>
    <summary>{t({ en: 'All blocks as tables', zh: '以表格列出所有块' })}</summary>
    {networks.map(({ name, blocks }, n) => (
      <div key={name} className={style.scroll} role="region" tabIndex={0} aria-label={titles[n]}>
        <table className={style.table}>
          <caption className={style.title}>{titles[n]}</caption>
          <thead>
            <tr>
              <th scope="col">{t({ en: 'block', zh: '块' })}</th>
              <th scope="col">{t({ en: 'window', zh: '窗口' })}</th>
              <th scope="col">{t({ en: 'stride', zh: '步幅' })}</th>
              <th scope="col">{t({ en: 'channels', zh: '通道' })}</th>
              <th scope="col">{t({ en: 'pixels after', zh: '输出边长' })}</th>
              <th scope="col">{t({ en: 'expansion', zh: '扩展倍数' })}</th>
              <th scope="col">SE</th>
              <th scope="col">{t({ en: 'shortcut', zh: '捷径' })}</th>
              <th scope="col">{t({ en: 'activation', zh: '激活' })}</th>
              <th scope="col">{t({ en: 'parameters', zh: '参数' })}</th>
              <th scope="col">{t({ en: 'multiply-adds', zh: '乘加次数' })}</th>
            </tr>
          </thead>
          <tbody>
            {blocks.map(({ block, output, activations, shortcut, parameters, macs }) => (
              <tr key={block.name}>
                <th scope="row">{block.name}</th>
                <td>
                  {block.kernel} × {block.kernel}
                </td>
                <td>{block.stride}</td>
                <td>
                  {block.inputs} → {block.outputs}
                </td>
                <td>{output[0]}</td>
                <td>{block.expansion === undefined ? '–' : Number(block.expansion.toPrecision(3))}</td>
                <td>{block.squeezed ?? '–'}</td>
                <td>{shortcut ?? '–'}</td>
                <td>{activations.join(', ') || '–'}</td>
                <td>{count(parameters)}</td>
                <td>{count(macs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    ))}
  </details>
);
