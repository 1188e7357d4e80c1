/** A window wider than what can be drawn sample by sample: says so, and offers one that can. */
import { Button } from '@/ui/Button';
import type { View } from './types';
import { MOST_K } from './stretch';
import style from './view.module.css';

export function TooWide({ view }: { readonly view: View }) {
  const { params, set, t } = view;
  return (
    <div className={style.stack}>
      <p className={style.sentence}>
        {t({
          en: `A window of ${params.k} samples is too wide to be drawn one by one. The kernels compute it all the same: see “Result”.`,
          zh: `窗口宽达 ${params.k} 个样本，无法逐个画出。内核照常计算，结果见“结果”一栏。`,
        })}
      </p>
      <div>
        <Button onClick={() => set({ k: 8 })}>
          {t({ en: `Use k = 8 (up to ${MOST_K} can be drawn)`, zh: `改用 k = 8（最多能画 ${MOST_K}）` })}
        </Button>
      </div>
    </div>
  );
}
