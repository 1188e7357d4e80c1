/** Compound scaling: the constraint, the network that follows from the sliders beside B0, and its stages. */
import { useMemo } from 'react';
import { scalings, type Scaling } from '@/models/vision/efficientnet';
import { Button } from '@/ui/Button';
import { significant } from '@/ui/format';
import { published } from '../params';
import { nearestPhi, networkOf, scalesOf } from '../scaling';
import { stageRows } from '../stages';
import { ConstraintPlot } from './ConstraintPlot';
import { NetworkDrawing, widthOf } from './NetworkDrawing';
import { StageTable } from './StageTable';
import type { TabProps } from './types';
import style from './view.module.css';

const names = Object.keys(scalings) as Scaling[];

export function ScalingTab({ view }: TabProps) {
  const { params, set, t } = view;
  const { network: chosen, alpha, beta, gamma, phi, resolution } = params;
  const scales = useMemo(
    () => scalesOf({ network: chosen, alpha, beta, gamma, phi, resolution }),
    [chosen, alpha, beta, gamma, phi, resolution],
  );
  const network = useMemo(() => networkOf(scales), [scales]);
  const first = useMemo(() => networkOf({ width: 1, depth: 1 }), []);
  const scale = {
    side: Math.max(resolution, scales.resolution),
    width: Math.max(widthOf(first), widthOf(network)),
  };
  const size = `w = ${significant(scales.width)}, d = ${significant(scales.depth)}, r = ${scales.resolution}`;
  const name = chosen === 'scaled' ? `φ = ${phi}` : chosen.toUpperCase();
  return (
    <div className={style.stack}>
      <div
        className={style.names}
        role="group"
        aria-label={t({ en: 'Published networks', zh: '已发布的网络' })}
      >
        {names.map((each) => (
          <Button
            key={each}
            aria-pressed={chosen === each}
            onClick={() => set({ network: each, phi: nearestPhi[each], ...published })}
          >
            {each.toUpperCase()}
          </Button>
        ))}
      </div>
      <div className={style.pair} data-preview>
        <ConstraintPlot view={view} />
        <div className={style.stack}>
          <figure className={style.figure}>
            <figcaption>B0 · w = 1, d = 1, r = {resolution}</figcaption>
            <NetworkDrawing
              {...{ network: first, side: resolution, scale }}
              label={t({ en: 'The blocks of B0', zh: 'B0 的各块' })}
            />
          </figure>
          <figure className={style.figure}>
            <figcaption>
              {name} · {size}
            </figcaption>
            <NetworkDrawing
              {...{ network, side: scales.resolution, scale }}
              label={t({ en: `The blocks of the scaled network: ${size}`, zh: `缩放后网络的各块：${size}` })}
            />
          </figure>
          <p className={style.note}>
            {t({
              en: 'Each bar is a block: as high as its image, as wide as the root of its channels. Deeper means more bars, wider thicker ones, a larger resolution taller ones.',
              zh: '每根竖条是一个块：高为特征图边长，宽为通道数的平方根。更深则条更多，更宽则条更粗，分辨率更高则条更高。',
            })}
          </p>
        </div>
      </div>
      <StageTable view={view} rows={stageRows(network, first, scales.resolution)} />
    </div>
  );
}
