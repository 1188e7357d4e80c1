/** Networks compared block by block; the chosen block runs on the GPU. */
import { useMemo } from 'react';
import { duration } from '@/ui/format';
import { aboutNetwork, chosen, comparedWith } from '../blocks';
import { params as schema } from '../params';
import { BlockDiagram } from './BlockDiagram';
import { BlockLayers } from './BlockLayers';
import { NetworkTable } from './NetworkTable';
import type { TabProps } from './types';
import style from './view.module.css';

export function BlocksTab({ view }: TabProps) {
  const { params, set, metrics, cpuOnly, t } = view;
  const names = comparedWith(params.network);
  // Whole networks are built and traced: once for each selection of them.
  const key = names.join(' ');
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const networks = useMemo(() => names.map(aboutNetwork), [key]);
  const titles = names.map((name) => t(schema.network.options[name]));
  const network = names.indexOf(params.network);
  const about = networks[network]!;
  const block = Math.min(params.block, about.blocks.length - 1);
  const ms = metrics['block-time'];
  return (
    <div className={style.stack}>
      <BlockDiagram
        networks={networks}
        titles={titles}
        at={{ network, block }}
        onPick={(to) => set({ network: names[to.network]!, block: to.block })}
        t={t}
      />
      <p className={style.note}>
        {t({
          en: 'For an image of 224 × 224; each band is the size of what its blocks make. In a box: window, s and stride, → channels; the bar is a block’s share of the multiply-adds of its network’s largest; SE: squeeze-and-excitation; R, R6, H, S: ReLU, ReLU6, hard-swish, SiLU; a bracket: what comes in is added (solid), or half of it is passed on (dashed).',
          zh: '输入为 224 × 224，每条色带对应其中各块的输出边长。标注为：窗口、s 步幅 → 通道数；横条是该块乘加次数相对本网络最大块的比例；SE：压缩与激励；R、R6、H、S：ReLU、ReLU6、hard-swish、SiLU；方括号：输入被加到输出上（实线），或一半通道直通（虚线）。',
        })}
      </p>
      <BlockLayers title={titles[network]!} about={chosen(about, block)} t={t} />
      {!cpuOnly && (
        <p className={style.headline} aria-live="polite">
          {ms === undefined
            ? t({ en: 'This block is being timed on your GPU …', zh: '正在你的 GPU 上为该块计时 …' })
            : t({
                en: `This block alone, random weights, on your GPU: ${duration(ms)}`,
                zh: `该块单独运行（随机权重，在你的 GPU 上）：${duration(ms)}`,
              })}
        </p>
      )}
      <NetworkTable networks={networks} titles={titles} t={t} />
    </div>
  );
}
