/** Starts the reader's camera on a click, hands its frames on, and says in a sentence why there are none. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Button } from './Button';
import { useLab } from './context';
import { follow, openCamera, type Camera, type Feed, type FrameSize, type OnFrame } from './webcam';
import style from './Webcam.module.css';

interface WebcamProps {
  /** Pixels of a frame: the middle of the camera's picture, scaled to this. */
  readonly size: FrameSize;
  /** A frame that comes before the last one's promise is done is dropped. */
  readonly onFrame: OnFrame;
  /** The camera runs from now on, or no longer. */
  readonly onRunning?: (running: boolean) => void;
}

type State = 'off' | 'opening' | 'running';

/** Between two readings of how many frames were shown. */
const READ_MS = 1000;

export function Webcam({ size, onFrame, onRunning }: WebcamProps) {
  const { t, lang } = useLab();
  const [state, setState] = useState<State>('off');
  const [error, setError] = useState<unknown>();
  const [mirrored, setMirrored] = useState(true);
  const [rate, setRate] = useState<{ readonly shown: number; readonly dropped: number }>();
  const [feed] = useState<Feed>(() => ({ size, mirrored: true }));
  const asked = useRef<{ stop: () => void } | null>(null);
  const frame = useEffectEvent(onFrame);
  const running = useEffectEvent((on: boolean) => onRunning?.(on));

  useEffect(() => {
    Object.assign(feed, { size, mirrored });
  }, [feed, size, mirrored]);

  useEffect(() => {
    if (state !== 'opening') return;
    let camera: Camera | undefined;
    const ending = new AbortController();
    const isWanted = (): boolean => !ending.signal.aborted;
    let timer: ReturnType<typeof setInterval> | undefined;
    const stop = (): void => {
      ending.abort();
      camera?.stop();
      clearInterval(timer);
      running(false);
    };
    const fail = (thrown: unknown): void => {
      if (!isWanted()) return;
      stop();
      setError(thrown);
      setState('off');
    };
    asked.current = { stop };
    openCamera()
      .then(async (stream) => {
        // The answer to the browser's question may come when nobody wants it any more.
        if (!isWanted()) {
          for (const track of stream.getTracks()) track.stop();
          return;
        }
        camera = await follow(stream, feed, (image) => frame(image), fail);
        if (!isWanted()) {
          camera.stop();
          return;
        }
        setState('running');
        running(true);
        let before = { ...camera.counts };
        const { counts } = camera;
        timer = setInterval(() => {
          setRate({ shown: counts.shown - before.shown, dropped: counts.dropped - before.dropped });
          before = { ...counts };
        }, READ_MS);
      })
      .catch(fail);
    // The state moves on to "running": what was begun ends by the button, an error or the end of the page.
  }, [state, feed]);
  useEffect(() => () => asked.current?.stop(), []);

  const stop = (): void => {
    asked.current?.stop();
    setState('off');
    setRate(undefined);
  };
  return (
    <div className={style.webcam}>
      <div className={style.row}>
        {state === 'off' ? (
          <Button
            look="primary"
            onClick={() => {
              setError(undefined);
              setState('opening');
            }}
          >
            {t({ en: 'Start the camera', zh: '启动摄像头' })}
          </Button>
        ) : (
          <Button onClick={stop}>
            {state === 'opening'
              ? t({ en: 'Cancel: waiting for the camera …', zh: '取消：正在等待摄像头 …' })
              : t({ en: 'Stop the camera', zh: '停止摄像头' })}
          </Button>
        )}
        <label>
          <input type="checkbox" checked={mirrored} onChange={({ target }) => setMirrored(target.checked)} />{' '}
          {t({ en: 'as in a mirror', zh: '镜像' })}
        </label>
        <output className={style.rate}>
          {state === 'running' &&
            rate &&
            t({
              en: `${rate.shown} frames a second, ${rate.dropped} dropped`,
              zh: `每秒 ${rate.shown} 帧，丢弃 ${rate.dropped} 帧`,
            })}
        </output>
      </div>
      {error !== undefined && <p role="alert">{sentenceOf(error, lang)}</p>}
      <p className={style.note}>
        {t({
          en: 'Pictures stay on this device: they go from the camera to your GPU and nowhere else.',
          zh: '画面不会离开本机：只从摄像头送到你的 GPU。',
        })}
      </p>
    </div>
  );
}
