/** A square to draw a distribution on, by pointer or by keyboard; each finished stroke, undo and clear is handed on. */
import { useId, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { Button } from './Button';
import { useLab } from './context';
import { extended, keyed, restingPen, type Stroke } from './drawing';
import style from './DrawDensity.module.css';

interface DrawDensityProps {
  /** What is drawn at first, as from a link; afterwards the drawing is the control's own. */
  readonly strokes?: readonly Stroke[];
  /** After each finished stroke, and after an undo that leaves any. An empty drawing is nobody's distribution. */
  readonly onDraw: (strokes: readonly Stroke[]) => void;
  readonly label: string;
  /** What is said while nothing is drawn. */
  readonly empty?: string;
  /** Behind the strokes, in the same square. */
  readonly children?: ReactNode;
}

const path = (stroke: Stroke): string =>
  stroke.map(([x, y]) => `${x.toFixed(3)},${(-y).toFixed(3)}`).join(' ');
/** A point has no length to be stroked. */
const shown = (stroke: Stroke): Stroke =>
  stroke.length === 1 ? [...stroke, [stroke[0]![0] + 1e-3, stroke[0]![1]]] : stroke;

export function DrawDensity({
  strokes: first = [],
  onDraw,
  label,
  empty: nothing,
  children,
}: DrawDensityProps) {
  const { t } = useLab();
  const id = useId();
  const [strokes, setStrokes] = useState(first);
  const [stroke, setStroke] = useState<Stroke>([]);
  const [pen, setPen] = useState(restingPen);
  const [keyboard, setKeyboard] = useState(false);
  // Pointer events come faster than renders.
  const under = useRef<Stroke | null>(null);

  const change = (next: readonly Stroke[]): void => {
    setStrokes(next);
    if (next.length > 0) onDraw(next);
  };
  const place = (event: PointerEvent): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      (2 * (event.clientX - box.left)) / box.width - 1,
      1 - (2 * (event.clientY - box.top)) / box.height,
    ];
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setKeyboard(false);
    under.current = extended([], place(event));
    setStroke(under.current);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!under.current) return;
    under.current = extended(under.current, place(event));
    setStroke(under.current);
  };
  const onPointerUp = (): void => {
    if (!under.current) return;
    change([...strokes, under.current]);
    under.current = null;
    setStroke([]);
  };
  const onPointerCancel = (): void => {
    under.current = null;
    setStroke([]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = keyed(pen, stroke, event.key);
    if (!next) return;
    event.preventDefault();
    setKeyboard(true);
    setPen(next.pen);
    setStroke(next.done ? [] : next.stroke);
    if (next.done) change([...strokes, next.stroke]);
  };

  const empty = strokes.length === 0;
  const [x, y] = pen.at;
  return (
    <div className={style.draw}>
      <svg
        className={style.square}
        viewBox="-1 -1 2 2"
        role="application"
        aria-label={label}
        aria-describedby={id}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerCancel}
        onKeyDown={onKeyDown}
      >
        {children}
        {[...strokes, stroke].map((each, i) => (
          <polyline key={i} className={style.stroke} points={path(shown(each))} />
        ))}
        {keyboard && <circle className={style.pen} data-down={pen.down} cx={x} cy={-y} r="0.035" />}
      </svg>
      <p id={id} className={style.hint}>
        {t({
          en: 'Draw with the pointer. By keyboard: arrows move the pen, the space bar puts it down and lifts it, Escape drops the stroke.',
          zh: '用指针绘制。键盘：方向键移动画笔，空格键落笔和抬笔，Esc 放弃这一笔。',
        })}
      </p>
      <div className={style.actions}>
        <Button disabled={empty} onClick={() => change(strokes.slice(0, -1))}>
          {t({ en: 'Undo stroke', zh: '撤销一笔' })}
        </Button>
        <Button disabled={empty} onClick={() => change([])}>
          {t({ en: 'Clear', zh: '清空' })}
        </Button>
        <span className={style.hint} role="status">
          {empty
            ? (nothing ??
              t({
                en: 'Nothing is drawn, so there is no mass yet: the distribution stays as it is.',
                zh: '还没有画任何东西，没有质量：分布保持不变。',
              }))
            : t({ en: `${strokes.length} strokes`, zh: `${strokes.length} 笔` })}
          {keyboard &&
            t({
              en: ` · pen ${pen.down ? 'down' : 'up'} at ${x.toFixed(2)}, ${y.toFixed(2)}`,
              zh: ` · 画笔${pen.down ? '已落下' : '已抬起'}，位于 ${x.toFixed(2)}，${y.toFixed(2)}`,
            })}
        </span>
      </div>
    </div>
  );
}
