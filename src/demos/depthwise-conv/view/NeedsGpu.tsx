/** In place of a picture where there is no GPU to paint it. */
import type { View } from './types';
import style from './view.module.css';

export const NeedsGpu = ({ t }: Pick<View, 't'>) => (
  <p className={style.note}>
    {t({
      en: 'This picture is computed and painted by a GPU, and there is none here. The operators and the charts work without one.',
      zh: '这幅图由 GPU 计算并绘制，而这里没有 GPU。算子对比与图表照常可用。',
    })}
  </p>
);
