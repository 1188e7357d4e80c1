/** The tile walk: over the pattern, tile by tile, with what is on chip and what the picked row has added up. */
import { useState } from 'react';
import { dims } from '@/shaders/attention/dims';
import { GpuCanvas } from '@/ui/GpuCanvas';
import { Scrubber } from '@/ui/Scrubber';
import { useAsk } from '@/ui/useAsk';
import { attrsOf, shapeOf } from '../inputs';
import { tileCount } from '../tiles';
import type { TabProps } from './tab';
import { ChipPanel } from './ChipPanel';
import { ChoiceField, Fields, HeadField, NumberField } from './Fields';
import { KeyStrip, QueryStrip, TileOverlay, type Board } from './TileOverlay';
import { aspectOf, cellAt, onGpu, usePatternOf } from './usePatternOf';
import style from './view.module.css';

const tiles = [16, 32, 64, 128] as const;

export function WalkTab({ view, picked, pick }: TabProps) {
  const { session, generation, params, t } = view;
  const [tile, setTile] = useState(64);
  const [at, setAt] = useState(0);
  const drawing = usePatternOf({ view, picked });
  const tiling = { tileQ: tile, tileK: tile };
  const { row, head } = picked;
  const { value: trace, fresh } = useAsk(
    view,
    (asked, signal) => onGpu(asked).trace(head, row, tiling, signal),
    [head, row, tile],
  );
  const shape = session?.shape ?? shapeOf(params);
  const ofKeys = { dtype: params.dtype, shape: [shape.B, shape.Hkv, shape.T, shape.D] };
  const inputs = {
    q: { dtype: params.dtype, shape: [shape.B, shape.H, shape.S, shape.D] },
    k: ofKeys,
    v: ofKeys,
  };
  const d = dims({ inputs, attrs: attrsOf(params) });
  const columns = tileCount(d.T, tile);
  const last = columns;
  const here = Math.min(at, last);
  const board: Board = { d, tiling, row, at: here };
  const keys = `${here * tile}–${Math.min(d.T, (here + 1) * tile) - 1}`;
  const skipped = here < last && trace?.steps[here]?.visited === false;
  const caption =
    here === last
      ? t({ en: 'done: O / ℓ', zh: '结束：O / ℓ' })
      : t({ en: `keys ${keys}`, zh: `键 ${keys}` }) + (skipped ? t({ en: ' skipped', zh: '（跳过）' }) : '');
  return (
    <div className={style.stack}>
      <Fields>
        <HeadField view={view} picked={picked} pick={pick} />
        <NumberField
          label={t({ en: 'Query row', zh: '查询行' })}
          value={row}
          most={d.S - 1}
          onChange={(to) => pick({ row: to })}
        />
        <ChoiceField
          label={t({ en: 'Tile', zh: '块大小' })}
          value={tile}
          options={tiles.map((size) => [size, `${size} × ${size}`] as const)}
          onChange={setTile}
        />
      </Fields>
      <div className={style.walk}>
        <div className={style.stack}>
          <div className={style.board}>
            <span className={style.corner} aria-hidden />
            <KeyStrip board={board} label={t({ en: 'K, V tiles', zh: 'K、V 块' })} />
            <QueryStrip board={board} label={t({ en: 'Q tiles', zh: 'Q 块' })} />
            <GpuCanvas
              session={drawing}
              generation={generation}
              aspect={aspectOf(shape)}
              label={t({
                en: `The pattern, ${d.S} queries by ${d.T} keys, in tiles of ${tile}. A click picks the query row.`,
                zh: `注意力图，${d.S} 个查询 × ${d.T} 个键，块大小 ${tile}。点击选择查询行。`,
              })}
              onPick={(point) => pick({ row: cellAt(point, d).row })}
            >
              <TileOverlay board={board} />
            </GpuCanvas>
          </div>
          <Scrubber
            length={columns + 1}
            at={here}
            onMove={setAt}
            label={t({ en: 'Tile walk', zh: '逐块行走' })}
            caption={caption}
            perSecond={Math.max(2, columns / 12)}
          />
        </div>
        <ChipPanel board={board} trace={trace} fresh={fresh} t={t} />
      </div>
      <p className={style.note}>
        {t({
          en: 'Every Q tile is a workgroup of its own and they all walk at once; the numbers are of the picked row, from the buffer that the kernel wrote on its way. Hatched tiles are never loaded.',
          zh: '每个 Q 块由一个工作组负责，所有工作组同时行走；数字属于所选的行，取自内核沿途写下的记录缓冲区。带斜线的块从不加载。',
        })}
      </p>
    </div>
  );
}
