/** The chosen block, layer by layer. */
import type { Text } from '@/lib/text';
import { count } from '@/ui/format';
import type { BlockAbout } from '../blocks';
import { sentenceOf } from './BlockDiagram';
import style from './view.module.css';

interface BlockLayersProps {
  readonly title: string;
  readonly about: BlockAbout;
  readonly t: (text: Text) => string;
}

export function BlockLayers({ title, about, t }: BlockLayersProps) {
  const size = ([h, w, c]: readonly [number, number, number]): string => `${h} × ${w} × ${c}`;
  return (
    <div className={style.stack}>
      <h3 className={style.title}>
        {title}: {sentenceOf(about, t)}
      </h3>
      <div className={style.scroll} role="region" tabIndex={0} aria-label={t({ en: 'Layers', zh: '各层' })}>
        <table className={style.table}>
          <thead>
            <tr>
              <th scope="col">{t({ en: 'layer', zh: '层' })}</th>
              <th scope="col">{t({ en: 'window', zh: '窗口' })}</th>
              <th scope="col">{t({ en: 'stride', zh: '步幅' })}</th>
              <th scope="col">{t({ en: 'groups', zh: '组数' })}</th>
              <th scope="col">{t({ en: 'from', zh: '输入' })}</th>
              <th scope="col">{t({ en: 'to', zh: '输出' })}</th>
              <th scope="col">{t({ en: 'activation', zh: '激活' })}</th>
              <th scope="col">{t({ en: 'parameters', zh: '参数' })}</th>
              <th scope="col">{t({ en: 'multiply-adds', zh: '乘加次数' })}</th>
            </tr>
          </thead>
          <tbody>
            {about.layers.map(({ layer, input, output, parameters, macs }, i) => (
              <tr key={i}>
                <th scope="row">{'role' in layer ? layer.role : layer.kind}</th>
                <td>{'kernel' in layer ? `${layer.kernel} × ${layer.kernel}` : '–'}</td>
                <td>{'stride' in layer ? layer.stride : '–'}</td>
                <td>{'groups' in layer ? layer.groups : '–'}</td>
                <td>{size(input)}</td>
                <td>{size(output)}</td>
                <td>{'activation' in layer && layer.activation !== 'none' ? layer.activation : '–'}</td>
                <td>{count(parameters)}</td>
                <td>{count(macs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
