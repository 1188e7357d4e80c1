/** Patches attend to patches: the picture, bright where the picked patch looks. */
import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { Button } from '@/ui/Button';
import { DropZone } from '@/ui/DropZone';
import { useLab } from '@/ui/context';
import { significant } from '@/ui/format';
import { patchAt, placeOf } from '../patches';
import type { TabProps } from './tab';
import { Fields, HeadField } from './Fields';
import style from './view.module.css';

/** How dark it gets where nothing is looked at. */
const VEIL = 0.8;

export function PictureTab({ view, picked, pick }: TabProps) {
  const { params, set, session, t } = view;
  const lab = useLab();
  const open = (file: File): void => lab.openFile('image', file);
  const drop = (
    <DropZone accept="image/*" label={t({ en: 'Open an image', zh: '打开图像' })} onFile={open}>
      {t({ en: 'Drop an image here, or choose one', zh: '把图像拖到这里，或点击选择' })}
    </DropZone>
  );
  if (params.input !== 'image') {
    return (
      <div className={style.invite}>
        <p>
          {t({
            en: 'An image becomes a sequence: its patches are queries, keys and values, each a vector of colour, texture and place.',
            zh: '图像可以变成序列：每个图块同时充当查询、键和值，是由颜色、纹理和位置组成的向量。',
          })}
        </p>
        <Button look="primary" onClick={() => set({ input: 'image', n: 1024, causal: false, window: 0 })}>
          {t({ en: 'Use the drawn picture', zh: '使用内置图画' })}
        </Button>
        {drop}
      </div>
    );
  }
  const side = session?.picture?.side ?? 1;
  const { row } = picked;
  const weights = session?.ready === true ? session.probabilities.row(picked.head, row) : null;
  const best = weights ? mostOf(weights, row) : null;
  return (
    <div className={style.stack}>
      <Fields>
        <HeadField view={view} picked={picked} pick={pick} />
        <output className={style.reading} aria-live="polite">
          {t({
            en: `${side} × ${side} patches · patch (${row % side}, ${Math.floor(row / side)})`,
            zh: `${side} × ${side} 个图块 · 图块 (${row % side}, ${Math.floor(row / side)})`,
          })}
          {weights &&
            best !== null &&
            t({
              en: ` · itself ${significant(weights[row] ?? 0)}, next (${best % side}, ${Math.floor(best / side)}) ${significant(weights[best] ?? 0)}`,
              zh: ` · 自身 ${significant(weights[row] ?? 0)}，其次 (${best % side}, ${Math.floor(best / side)}) ${significant(weights[best] ?? 0)}`,
            })}
        </output>
      </Fields>
      <Patches view={view} side={side} row={row} weights={weights} pick={(to) => pick({ row: to })} />
      <p className={style.note}>
        {t({
          en: 'Click a patch: the picture stays bright where it looks. With several heads, the first is led by colour, the others know only colour, texture or place.',
          zh: '点击一个图块：它注视的地方保持明亮。有多个头时，第一个以颜色为主，其余分别只看颜色、纹理或位置。',
        })}
      </p>
      {drop}
    </div>
  );
}

/** The largest weight besides the patch's own. */
function mostOf(weights: ArrayLike<number>, own: number): number {
  let best = own === 0 ? 1 : 0;
  for (let i = 0; i < weights.length; i++) if (i !== own && weights[i]! > weights[best]!) best = i;
  return best;
}

interface PatchesProps {
  readonly view: TabProps['view'];
  readonly side: number;
  readonly row: number;
  readonly weights: Float32Array | null;
  readonly pick: (row: number) => void;
}

function Patches({ view, side, row, weights, pick }: PatchesProps) {
  const { session, t } = view;
  const picture = useRef<HTMLCanvasElement>(null);
  const veil = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = session?.picture?.image;
    const context = picture.current?.getContext('2d');
    if (!image || !context) return;
    context.putImageData(new ImageData(image.data, image.width, image.height), 0, 0);
  }, [session]);
  useEffect(() => {
    const context = veil.current?.getContext('2d');
    if (!context || !weights) return;
    const most = weights.reduce((a, b) => Math.max(a, b), 0) || 1;
    const data = new Uint8ClampedArray(4 * side * side);
    // The square root shows small weights beside large ones.
    for (let i = 0; i < side * side; i++)
      data[4 * i + 3] = 255 * VEIL * (1 - Math.sqrt((weights[i] ?? 0) / most));
    context.putImageData(new ImageData(data, side, side), 0, 0);
  });
  const onPointer = (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const point = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    pick(patchAt(point, side));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: row % side > 0 ? -1 : 0,
      ArrowRight: row % side < side - 1 ? 1 : 0,
      ArrowUp: row >= side ? -side : 0,
      ArrowDown: row < side * (side - 1) ? side : 0,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    pick(row + move);
  };
  const size = session?.picture?.image.width ?? 1;
  const { x, y } = placeOf(row, side);
  return (
    <div
      className={style.picture}
      role="application"
      tabIndex={0}
      aria-label={t({
        en: 'Picture cut into patches. Arrow keys move to another patch.',
        zh: '切成图块的图像。用方向键移动到其他图块。',
      })}
      onPointerDown={onPointer}
      onPointerMove={(event) => event.buttons === 1 && onPointer(event)}
      onKeyDown={onKeyDown}
    >
      <canvas ref={picture} width={size} height={size} />
      <canvas ref={veil} width={side} height={side} className={style.veil} />
      <span
        className={style.patch}
        style={{ left: `${100 * x}%`, top: `${100 * y}%`, width: `${100 / side}%`, height: `${100 / side}%` }}
      />
    </div>
  );
}
