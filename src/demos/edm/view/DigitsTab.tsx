/** Digit images drawn live by the sampler in force: by a network, and by the exact denoiser of a data set, which repeats it. */
import { useMemo, useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Button } from '@/ui/Button';
import { Chart } from '@/ui/Chart';
import { Scrubber } from '@/ui/Scrubber';
import { count, scientific, significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { Waiting } from '@/ui/Waiting';
import { knownDigits, SIDE, type Drawn, type Frame } from '../digits';
import { params as schema, type Params } from '../params';
import { trainingsOf, type TrainingRecord } from '../record';
import { DigitGrid } from './DigitGrid';
import { Quality } from './Quality';
import type { TabProps } from './types';
import { useWeights } from './useWeights';
import style from './view.module.css';

const WIDTH = SIDE * SIDE;
const COLUMNS = 8;
/** Numbers come first in an object, whatever their place. */
const choices = ['any', ...Array.from('0123456789')] as readonly Params['digit'][];

const one = (of: Float32Array, i: number): Float32Array => of.subarray(i * WIDTH, (i + 1) * WIDTH);
const sigmaOf = ({ sigma }: Frame): string => (sigma === Infinity ? '∞' : significant(sigma));

export function DigitsTab({ view }: TabProps) {
  const { t, lang, params, set } = view;
  const [asked, setAsked] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const [generating, setGenerating] = useState<Frame>();
  const [repeating, setRepeating] = useState<Frame>();
  const known = useMemo(() => knownDigits(params.digit), [params.digit]);
  const { value: weights, error: missing } = useWeights();
  const network = useAsk(
    view,
    (session, signal) =>
      weights && 'generate' in session
        ? session.generate(weights, setGenerating, signal)
        : Promise.resolve(undefined),
    [weights !== undefined],
  );
  const exact = useAsk(
    view,
    (session, signal) =>
      'repeat' in session ? session.repeat(setRepeating, signal) : Promise.resolve(undefined),
    [],
  );
  const [drawn, repeated] = [network, exact].map(({ value, fresh }) => (fresh ? value : undefined));
  const last = ((repeated ?? drawn)?.frames.length ?? 1) - 1;
  const at = Math.min(asked ?? last, last);
  const [left, right] = [drawn?.frames[at] ?? generating, repeated?.frames[at] ?? repeating];
  const failure = missing ?? network.error ?? exact.error;
  const caption = left ?? right;
  return (
    <div className={style.stack}>
      <div className={style.names} role="group" aria-label={t(schema.digit.label)}>
        {choices.map((digit) => (
          <Button key={digit} aria-pressed={params.digit === digit} onClick={() => set({ digit })}>
            {t(schema.digit.options[digit])}
          </Button>
        ))}
      </div>
      {failure !== undefined && <p role="alert">{sentenceOf(failure, lang)}</p>}
      <div className={style.pair}>
        {missing === undefined && (
          <Grid
            {...{ view, frame: left, chosen, onPick: setChosen }}
            label={t({ en: 'The U-Net', zh: 'U-Net' })}
          />
        )}
        <Grid
          {...{ view, frame: right, chosen, onPick: setChosen }}
          label={t({
            en: `The exact denoiser of ${known.count} images`,
            zh: `${known.count} 张图像的精确去噪器`,
          })}
        />
      </div>
      <Scrubber
        length={last + 1}
        at={at}
        onMove={(to) => setAsked(to >= last ? undefined : to)}
        label={t({ en: 'Steps of the sampler, noise to images', zh: '采样步骤：从噪声到图像' })}
        caption={caption ? `σ = ${sigmaOf(caption)}` : '…'}
      />
      <div className={style.pair}>
        {drawn && <Nearest view={view} found={drawn} chosen={chosen} known={known.values} />}
        {repeated && <Nearest view={view} found={repeated} chosen={chosen} known={known.values} />}
      </div>
      <p className={style.note}>
        {t({
          en: 'The same sampler and seed draw both. Attention over the data is all that the exact denoiser is, so every image it draws is one that was there. The network never saw the same image twice in training; what it draws is near none of these.',
          zh: '两边用同一个采样器和同一个种子。精确去噪器不过是对数据的注意力，所以它画出的每张图像都是原有的。网络在训练中从未见过同一张图像两次，它画出的与这些都不相近。',
        })}
        {exact.fresh &&
          exact.value &&
          t({
            en: ` Every step of ${exact.value.followed} images on the attention kernels is within ${scientific(exact.value.error)} of float64.`,
            zh: `对 ${exact.value.followed} 张图像的每一步，注意力内核与 float64 的相对误差为 ${scientific(exact.value.error)}。`,
          })}
      </p>
      {weights?.record.quality && <Quality view={view} quality={weights.record.quality} />}
      {weights && <Recorded view={view} record={weights.record} />}
    </div>
  );
}

/** The loss of the trainings that made the weights, one after the other: recorded, not measured here. */
function Recorded({ view: { t }, record }: TabProps & { readonly record: TrainingRecord }) {
  const trainings = trainingsOf(record);
  const points = trainings.flatMap(({ loss }, i) => {
    const before = trainings.slice(0, i).reduce((sum, { training }) => sum + training.steps, 0);
    return loss.map((point) => ({ x: before + point.step, y: point.loss }));
  });
  return (
    <Chart
      title={t({
        en: 'Recorded when the network was trained: its loss λ ‖D − x₀‖² over the steps',
        zh: '网络训练时的记录：损失 λ ‖D − x₀‖² 随步数的变化',
      })}
      x={{ label: t({ en: 'step', zh: '步' }), scale: 'linear' }}
      y={{ label: t({ en: 'loss', zh: '损失' }), scale: 'log' }}
      lines={[
        {
          id: 'loss',
          role: 'fused',
          label: t({ en: 'mean of a stretch of steps', zh: '一段步数内的平均' }),
          points,
        },
      ]}
    >
      <p className={style.note}>
        {t({
          en: `${count(record.network.parameters)} parameters.`,
          zh: `共 ${count(record.network.parameters)} 个参数。`,
        })}
      </p>
      {trainings.map(({ command, training, seconds, adapter }) => (
        <p key={command} className={style.note}>
          <code>{command}</code>
          {t({
            en: `: ${count(training.steps)} steps of ${training.batch} images, seed ${training.seed}, ${significant(seconds / 60)} minutes on ${adapter}.`,
            zh: `：${count(training.steps)} 步，每步 ${training.batch} 张图像，种子 ${training.seed}，在 ${adapter} 上用时 ${significant(seconds / 60)} 分钟。`,
          })}
        </p>
      ))}
      {trainings.length > 1 && (
        <p className={style.note}>
          {t({
            en: 'Each training draws its own noise levels, so the curve may step between two of them.',
            zh: '每次训练各按自己的分布抽取噪声水平，因此两段曲线的衔接处可能有跳变。',
          })}
        </p>
      )}
    </Chart>
  );
}

interface GridProps extends TabProps {
  readonly frame: Frame | undefined;
  readonly chosen: number;
  readonly onPick: (image: number) => void;
  readonly label: string;
}

function Grid({ view: { t }, frame, chosen, onPick, label }: GridProps) {
  return (
    <figure className={style.samples}>
      {frame ? (
        <DigitGrid
          {...{ images: frame.images, side: SIDE, columns: COLUMNS, chosen, onPick }}
          label={t({ en: `${label}, image`, zh: `${label}，图像` })}
        />
      ) : (
        // Five rows of eight, as what follows.
        <Waiting aspect={137 / 86} width="34rem" />
      )}
      <figcaption className={style.note}>
        {label} · σ = {frame ? sigmaOf(frame) : '…'}
      </figcaption>
    </figure>
  );
}

interface NearestProps extends TabProps {
  readonly found: Drawn;
  readonly chosen: number;
  readonly known: Float32Array;
}

/** An image and the known one that is nearest to it. */
function Nearest({ view: { t }, found, chosen, known }: NearestProps) {
  const { images } = found.frames[found.frames.length - 1]!;
  const { index, distance } = found.nearest[chosen]!;
  return (
    <div className={style.singles}>
      <Single images={one(images, chosen)} label={t({ en: 'drawn', zh: '生成' })} />
      <Single images={one(known, index)} label={t({ en: 'nearest known', zh: '最近的已知图像' })} />
      <span className={style.field}>
        {t({ en: 'distance per pixel', zh: '每像素距离' })} {significant(distance)}
      </span>
    </div>
  );
}

function Single({ images, label }: { readonly images: Float32Array; readonly label: string }) {
  return (
    <figure className={style.single}>
      <DigitGrid images={images} side={SIDE} columns={1} label={label} />
      <figcaption>{label}</figcaption>
    </figure>
  );
}
