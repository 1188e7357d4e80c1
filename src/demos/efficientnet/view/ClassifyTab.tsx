/** An image classified: a made one, the reader's own, a sketch or the camera; five classes, and where the network looks. */
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import type { Text } from '@/lib/text';
import type { HostTensor } from '@/lib/tensor';
import { Button } from '@/ui/Button';
import { useLab } from '@/ui/context';
import { DrawDensity } from '@/ui/DrawDensity';
import type { Stroke } from '@/ui/drawing';
import { DropZone } from '@/ui/DropZone';
import { count, scientific, significant } from '@/ui/format';
import { Legend } from '@/ui/Legend';
import { useAsk } from '@/ui/useAsk';
import { Webcam } from '@/ui/Webcam';
import { Waiting } from '@/ui/Waiting';
import { pictureOf } from '@/models/vision/picture';
import { mapOf, type Occlusion } from '../classify';
import { SIGNS } from '../params';
import type { Recognised } from '../recognise';
import { sketched, sketchFile, wordsOf } from './picture';
import { Progress } from './Progress';
import { SeenCanvas, type Overlay } from './SeenCanvas';
import type { TabProps } from './types';
import { useShipped } from './useShipped';
import { useTask } from './useTask';
import style from './view.module.css';

type Source = 'made' | 'own' | 'sketch' | 'camera';
const sources: Readonly<Record<Source, Text>> = {
  made: { en: 'A made image', zh: '生成的图像' },
  own: { en: 'Your image', zh: '自己的图像' },
  sketch: { en: 'Draw', zh: '手绘' },
  camera: { en: 'Camera', zh: '摄像头' },
};
type Look = 'none' | 'map' | 'occlusion';
const looks: Readonly<Record<Look, Text>> = {
  none: { en: 'The image', zh: '原图' },
  map: { en: 'Class activation map', zh: '类激活图' },
  occlusion: { en: 'Occlusion', zh: '遮挡' },
};
const SHOWN = 5;

export function ClassifyTab({ view }: TabProps) {
  const { t, lang, params, set, session } = view;
  const { openFile } = useLab();
  const shipped = useShipped();
  const task = useTask(view);
  const [asked, setAsked] = useState<Source>();
  const [look, setLook] = useState<Look>('map');
  const [picked, setPicked] = useState<number>();
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [live, setLive] = useState<{ readonly of: Source; readonly found: Recognised }>();
  const [occlusion, setOcclusion] = useState<{ readonly of: Recognised; readonly found: Occlusion }>();
  const source = asked ?? (params.image ? 'own' : 'made');
  const ready = shipped.value !== undefined || shipped.error !== undefined;
  const kept = useAsk(
    view,
    (running, signal) =>
      ready && 'see' in running && (source === 'made' || source === 'own')
        ? running.see(shipped.value, undefined, signal)
        : Promise.resolve(undefined),
    [ready, shipped.value !== undefined, source, params.sign, params.tensorflow],
  );
  // An answer that comes late is of the source that asked for it.
  const ofSource =
    live?.of === source && !(source === 'sketch' && strokes.length === 0) ? live.found : undefined;
  const seen = source === 'made' || source === 'own' ? kept.value : ofSource;
  const see = (picture: HostTensor): Promise<void> =>
    view.ask(async (running, signal) => {
      if ('see' in running) setLive({ of: source, found: await running.see(shipped.value, picture, signal) });
    });

  // An image that was just opened is what one wants to see.
  const known = useRef(params.image?.sha256);
  useEffect(() => {
    if (known.current === params.image?.sha256) return;
    known.current = params.image?.sha256;
    setAsked(undefined);
  }, [params.image]);
  useEffect(() => {
    const onPaste = ({ clipboardData }: ClipboardEvent): void => {
      const file = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (file) openFile('image', file);
    };
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, [openFile]);

  const top = seen ? topOf(seen.probabilities) : [];
  const category = picked !== undefined && top.includes(picked) ? picked : top[0];
  const occluded =
    occlusion && occlusion.of === seen && occlusion.found.category === category ? occlusion.found : undefined;
  const overlay = seen && category !== undefined ? overlayOf(look, seen, category, occluded) : undefined;
  const cover = (): void => {
    if (!seen || category === undefined) return;
    setLook('occlusion');
    task.start('occlusion', async (running, signal, report) => {
      await running.occlude(category, (found) => setOcclusion({ of: seen, found }), report, signal);
    });
  };
  const failure = kept.error ?? (params.weights ? undefined : shipped.error);
  return (
    <div className={style.stack}>
      <div className={style.names} role="group" aria-label={t({ en: 'Image', zh: '图像' })}>
        {(Object.keys(sources) as Source[]).map((each) => (
          <Button key={each} aria-pressed={source === each} onClick={() => setAsked(each)}>
            {t(sources[each])}
          </Button>
        ))}
      </div>
      {source === 'made' && (
        <div className={style.fields}>
          <Button disabled={params.sign <= 1} onClick={() => set({ sign: params.sign - 1, image: null })}>
            {t({ en: 'Previous', zh: '上一张' })}
          </Button>
          <span>
            {params.sign} / {SIGNS}
          </span>
          <Button disabled={params.sign >= SIGNS} onClick={() => set({ sign: params.sign + 1, image: null })}>
            {t({ en: 'Next', zh: '下一张' })}
          </Button>
        </div>
      )}
      {source === 'own' && (
        <DropZone
          accept="image/*"
          label={t({ en: 'Open an image', zh: '打开图像' })}
          onFile={(file) => openFile('image', file)}
        >
          {params.image?.name ??
            t({
              en: 'Drop an image here, paste one, or click to choose',
              zh: '把图像拖到这里，或粘贴，或点击选择',
            })}
        </DropZone>
      )}
      {source === 'sketch' && (
        <DrawDensity
          strokes={strokes}
          label={t({ en: 'Draw a sign', zh: '画一个标志' })}
          empty={t({ en: 'Nothing is drawn yet.', zh: '还没有画任何东西。' })}
          onDraw={(next) => {
            setStrokes(next);
            if (next.length > 0) void see(pictureOf(sketched(next))).catch(() => undefined);
          }}
        />
      )}
      {source === 'sketch' && strokes.length > 0 && (
        <div className={style.fields}>
          <Button onClick={() => void sketchFile(strokes).then((file) => openFile('image', file))}>
            {t({ en: 'Keep the sketch in the link', zh: '把这张草图存入链接' })}
          </Button>
        </div>
      )}
      {source === 'camera' && (
        <Webcam size={{ width: 224, height: 224 }} onFrame={(frame) => see(wordsOf(frame))} />
      )}
      {failure !== undefined && <p role="alert">{sentenceOf(failure, lang)}</p>}
      {seen && category !== undefined ? (
        <>
          <div className={style.fields}>
            <div
              className={style.names}
              role="group"
              aria-label={t({ en: 'Where it looks', zh: '关注位置' })}
            >
              {(Object.keys(looks) as Look[]).map((each) => (
                <Button
                  key={each}
                  aria-pressed={look === each}
                  disabled={session === null}
                  onClick={() => (each === 'occlusion' && !occluded ? cover() : setLook(each))}
                >
                  {t(looks[each])}
                </Button>
              ))}
            </div>
            <Progress view={view} task={task} label={t({ en: 'Covering part after part', zh: '逐处遮挡' })} />
          </div>
          <div className={style.pair}>
            <figure className={style.figure}>
              <SeenCanvas
                seen={seen}
                overlay={overlay}
                label={t({
                  en: `The image as the network saw it, ${seen.crop} × ${seen.crop}`,
                  zh: `网络看到的图像，${seen.crop} × ${seen.crop}`,
                })}
              />
              {overlay && (
                <Legend
                  low={overlay.low}
                  high={overlay.high}
                  label={
                    look === 'map'
                      ? t({ en: 'added to the logit', zh: '对 logit 的贡献' })
                      : t({ en: 'probability lost when covered', zh: '被遮挡时损失的概率' })
                  }
                />
              )}
            </figure>
            <Top {...{ view, seen, top, category }} onPick={setPicked} />
          </div>
          {task.failure && <p role="alert">{sentenceOf(task.failure.error, lang)}</p>}
          <p className={style.note}>
            {t({
              en: `${seen.network.en}. The map is the classifier’s own sum before it is taken: every place of the last feature map times the weights of the class. Averaged, plus the bias, it is the logit, here to ${scientific(seen.mapError)}.`,
              zh: `${seen.network.zh}。类激活图就是分类器尚未求和的各项：最后一层特征图的每个位置乘以该类的权重。取平均再加偏置即为 logit，此处误差 ${scientific(seen.mapError)}。`,
            })}
            {seen.isShipped &&
              shipped.value &&
              t({
                en: ` Trained here on made images of signs: ${significant(100 * shipped.value.record.heldOut.accuracy)} % of ${count(shipped.value.record.heldOut.images)} that it never saw are right.`,
                zh: `在本站生成的标志图像上训练：${count(shipped.value.record.heldOut.images)} 张未见过的图像中，正确率为 ${significant(100 * shipped.value.record.heldOut.accuracy)} %。`,
              })}
          </p>
        </>
      ) : (
        failure === undefined && (source === 'made' || source === 'own') && <Waiting height="12rem" />
      )}
    </div>
  );
}

const topOf = (probabilities: Float32Array): number[] =>
  [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!).slice(0, SHOWN);

function overlayOf(
  look: Look,
  seen: Recognised,
  category: number,
  occluded: Occlusion | undefined,
): Overlay | undefined {
  if (look === 'map') {
    const map = mapOf(seen, category);
    return { ...map, low: Math.min(...map.values), high: Math.max(...map.values), smooth: true };
  }
  if (look === 'none' || !occluded) return undefined;
  const { side, before, probability } = occluded;
  const values = probability.map((left) => before - left);
  const known = values.filter((value) => !Number.isNaN(value));
  return {
    width: side,
    height: side,
    values,
    low: Math.min(0, ...known),
    high: Math.max(0.01, ...known),
    smooth: false,
  };
}

interface TopProps extends TabProps {
  readonly seen: Recognised;
  readonly top: readonly number[];
  readonly category: number;
  readonly onPick: (category: number) => void;
}

function Top({ view: { t }, seen, top, category, onPick }: TopProps) {
  return (
    <ol className={style.top} aria-label={t({ en: 'Most likely classes', zh: '最可能的类别' })}>
      {top.map((each) => (
        <li key={each}>
          <button
            type="button"
            className={style.guess}
            aria-pressed={each === category}
            onClick={() => onPick(each)}
          >
            <span>{t(seen.names[each] ?? { en: `class ${each}`, zh: `类别 ${each}` })}</span>
            <span>{significant(100 * seen.probabilities[each]!)} %</span>
            <i style={{ inlineSize: `${100 * seen.probabilities[each]!}%` }} aria-hidden />
          </button>
        </li>
      ))}
    </ol>
  );
}
