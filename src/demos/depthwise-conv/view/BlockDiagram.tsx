/** The networks side by side, block by block, aligned by the size of the image; one block is chosen. */
import { useMemo, useRef, type KeyboardEvent } from 'react';
import type { Text } from '@/lib/text';
import { count, significant } from '@/ui/format';
import type { BlockAbout, NetworkAbout } from '../blocks';
import { BlockBox, shortOf } from './BlockBox';
import { COLUMN, LEFT, placed, ROW, TOP } from './diagram';
import style from './blocks.module.css';

export interface At {
  readonly network: number;
  readonly block: number;
}

interface BlockDiagramProps {
  readonly networks: readonly NetworkAbout[];
  readonly titles: readonly string[];
  readonly at: At;
  readonly onPick: (at: At) => void;
  readonly t: (text: Text) => string;
}

export function BlockDiagram({ networks, titles, at, onPick, t }: BlockDiagramProps) {
  const { bands, blocks, rows } = useMemo(() => placed(networks), [networks]);
  const frame = useRef<SVGSVGElement>(null);
  const width = LEFT + COLUMN * networks.length;
  const height = TOP + ROW * rows + 6;

  const move = (network: number, block: number): void => {
    const to = Math.min(networks.length - 1, Math.max(0, network));
    const last = networks[to]!.blocks.length - 1;
    const next = { network: to, block: Math.min(last, Math.max(0, block)) };
    onPick(next);
    frame.current?.querySelector<SVGGElement>(`[data-at="${next.network} ${next.block}"]`)?.focus();
  };
  /** The block of another network in the same row, or the nearest above. */
  const beside = (by: number): void => {
    const row = blocks.find(({ network, block }) => network === at.network && block === at.block)?.row ?? 0;
    const there = blocks.filter(({ network, row: other }) => network === at.network + by && other <= row);
    move(at.network + by, there.at(-1)?.block ?? 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowUp: () => move(at.network, at.block - 1),
      ArrowDown: () => move(at.network, at.block + 1),
      ArrowLeft: () => beside(-1),
      ArrowRight: () => beside(1),
    };
    const found = moves[event.key];
    if (!found || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    found();
  };
  return (
    <div className={style.scroll}>
      <svg
        ref={frame}
        width={width}
        height={height}
        role="group"
        aria-label={t({
          en: 'Networks block by block. Arrow keys move between blocks.',
          zh: '逐块排列的网络。用方向键在块之间移动。',
        })}
        className={style.diagram}
      >
        {bands.map(({ side, from, rows: tall }, i) => (
          <g key={side}>
            {i % 2 === 0 && (
              <rect x="0" y={TOP + ROW * from - 4} width={width} height={ROW * tall} className={style.band} />
            )}
            <text x="4" y={TOP + ROW * from + 14} className={style.side}>
              {side}²
            </text>
          </g>
        ))}
        {networks.map(({ name, parameters, macs }, n) => (
          <g key={name} transform={`translate(${LEFT + COLUMN * n} 0)`}>
            <text y="16" className={style.name}>
              {titles[n]}
            </text>
            <text y="32" className={style.sum}>
              {significant(parameters / 1e6)} M {t({ en: 'parameters', zh: '参数' })}
            </text>
            <text y="47" className={style.sum}>
              {significant(macs / 1e6)} M {t({ en: 'multiply-adds', zh: '乘加' })}
            </text>
          </g>
        ))}
        {blocks.map(({ network, block, row }) => {
          const { blocks: all } = networks[network]!;
          const about = all[block]!;
          const chosen = network === at.network && block === at.block;
          const most = Math.max(...all.map(({ macs }) => macs));
          return (
            <g
              key={`${network} ${block}`}
              data-at={`${network} ${block}`}
              transform={`translate(${LEFT + COLUMN * network} ${TOP + ROW * row})`}
              role="button"
              tabIndex={chosen ? 0 : -1}
              aria-pressed={chosen}
              aria-label={`${titles[network]!}, ${sentenceOf(about, t)}`}
              className={chosen ? style.chosen : style.block}
              onClick={() => onPick({ network, block })}
              onKeyDown={onKeyDown}
            >
              <BlockBox about={about} share={about.macs / most} />
            </g>
          );
        })}
      </svg>
    </div>
  );
}

export function sentenceOf(about: BlockAbout, t: (text: Text) => string): string {
  const { block, shortcut, macs, parameters } = about;
  return [
    block.name,
    shortOf(about),
    block.squeezed !== undefined && 'SE',
    shortcut === 'add' && t({ en: 'residual', zh: '残差' }),
    shortcut === 'concat' && t({ en: 'half passed on', zh: '半数通道直通' }),
    t({ en: `${count(parameters)} parameters`, zh: `${count(parameters)} 个参数` }),
    t({ en: `${count(macs)} multiply-adds`, zh: `${count(macs)} 次乘加` }),
  ]
    .filter((part) => part !== false)
    .join(', ');
}
