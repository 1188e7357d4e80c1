/** Shows what `session.draw` paints: at the screen's own resolution, again whenever the result or the place changes. */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { Session } from '@/lab/session';
import { keyMove, pan, toPicture, whole, zoomAt, type Place, type Point } from './camera';
import { capture } from './capture';
import { useLab } from './context';
import style from './GpuCanvas.module.css';

interface GpuCanvasProps {
  readonly session: Pick<Session, 'draw'> | null;
  readonly generation: number;
  /** What is seen, for a screen reader. */
  readonly label: string;
  /** Width over height. */
  readonly aspect: number;
  /** Pointer over the picture, in [0, 1]² of the whole; null when it leaves. */
  readonly onHover?: (point: Point | null) => void;
  readonly onPick?: (point: Point) => void;
  /** Wheel with Ctrl, drag, and the keys + − 0 and arrows move over the picture. */
  readonly zoomable?: boolean;
  /** Laid over the picture. */
  readonly children?: ReactNode;
}

export function GpuCanvas({
  session,
  generation,
  label,
  aspect,
  onHover,
  onPick,
  zoomable = false,
  children,
}: GpuCanvasProps) {
  const { device, dark, pictureRef } = useLab();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [place, setPlace] = useState<Place>(whole);
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const [failed, setFailed] = useState<Error>();
  // A failing picture is the page's failure: the boundary around the view shows it.
  if (failed) throw failed;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.devicePixelContentBoxSize[0];
      const scale = box ? 1 : devicePixelRatio;
      const width = Math.round((box?.inlineSize ?? element.clientWidth) * scale);
      const height = Math.round((box?.blockSize ?? element.clientHeight) * scale);
      setSize({ width: Math.min(4096, width), height: Math.min(4096, height) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('webgpu');
    if (!element || !context || !device) return;
    context.configure({ device, format: navigator.gpu.getPreferredCanvasFormat(), alphaMode: 'opaque' });
    return () => context.unconfigure();
  }, [device]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('webgpu');
    if (!element || !context || !device || !session?.draw || size.width === 0 || size.height === 0) return;
    const frame = requestAnimationFrame(() => {
      try {
        element.width = size.width;
        element.height = size.height;
        session.draw?.(context.getCurrentTexture(), { ...place, ...size, dark });
      } catch (error) {
        setFailed(error instanceof Error ? error : new Error(String(error)));
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [device, session, generation, size, place, dark]);

  useEffect(() => {
    if (!device || !session?.draw || size.width === 0) return;
    const { draw } = session;
    const take = () => capture(device, { draw: draw.bind(session) }, { ...place, ...size, dark });
    pictureRef.current = take;
    return () => {
      if (pictureRef.current === take) pictureRef.current = null;
    };
  }, [device, session, size, place, dark, pictureRef]);

  const inFrame = (event: PointerEvent | WheelEvent): Point => {
    const box = (canvas.current ?? document.body).getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };

  useEffect(() => {
    const element = canvas.current;
    if (!element || !zoomable) return;
    // React's wheel listener is passive and could not keep the page from zooming.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      setPlace((old) => zoomAt(old, inFrame(event), Math.exp(-event.deltaY / 200)));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [zoomable]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!zoomable || event.ctrlKey || event.metaKey || event.altKey) return;
    const moved = keyMove(place, event.key);
    if (!moved) return;
    event.preventDefault();
    setPlace(moved);
  };
  const onPointerDown = (event: PointerEvent): void => {
    const at = inFrame(event);
    drag.current = { ...at, moved: false };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const at = inFrame(event);
    const from = drag.current;
    if (zoomable && from && place.zoom > 1) {
      const dx = from.x - at.x;
      const dy = from.y - at.y;
      if (from.moved || Math.hypot(dx, dy) > 0.01) {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { ...at, moved: true };
        setPlace(pan(place, dx, dy));
      }
    }
    onHover?.(toPicture(place, at));
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (drag.current && !drag.current.moved) onPick?.(toPicture(place, inFrame(event)));
    drag.current = null;
  };

  return (
    <div className={style.frame} style={{ aspectRatio: String(aspect) }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className={onPick ? style.pickable : style.canvas}
        tabIndex={zoomable ? 0 : undefined}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => onHover?.(null)}
      />
      {children}
    </div>
  );
}
