/** Digit images drawn live by the sampler in force, and what of them was there before: the nearest image of the data. */
import { useMemo, useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Button } from '@/ui/Button';
import { Scrubber } from '@/ui/Scrubber';
import { scientific, significant } from '@/ui/format';
import { useAsk } from '@/ui/useAsk';
import { knownDigits, SIDE, type Frame } from '../digits';
import { params as schema, type Params } from '../params';
import { DigitGrid } from './DigitGrid';
import type { TabProps } from './types';
import style from './view.module.css';

const WIDTH = SIDE * SIDE;
const COLUMNS = 8;
/** Numbers come first in an object, whatever their place. */
const choices = ['any', ...Array.from('0123456789')] as readonly Params['digit'][];

export function DigitsTab({ view }: TabProps) {
  const { t, lang, params, set } = view;
  const [live, setLive] = useState<Frame>();
  const [asked, setAsked] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const known = useMemo(() => knownDigits(params.digit), [params.digit]);
  const { value, fresh, error } = useAsk(
    view,
    (session, signal) => ('repeat' in session ? session.repeat(setLive, signal) : Promise.resolve(undefined)),
    [],
  );
  if (error !== undefined) return <p role="alert">{sentenceOf(error, lang)}</p>;
  const done = fresh ? value : undefined;
  const last = (done?.frames.length ?? 1) - 1;
  const at = Math.min(asked ?? last, last);
  const frame = done?.frames[at] ?? live;
  const found = done?.nearest[chosen];
  const sigma = frame ? (frame.sigma === Infinity ? '∞' : significant(frame.sigma)) : '…';
  const one = (of: Float32Array, i: number): Float32Array => of.subarray(i * WIDTH, (i + 1) * WIDTH);
  return (
    <div className={style.stack}>
      <div className={style.names} role="group" aria-label={t(schema.digit.label)}>
        {choices.map((digit) => (
          <Button key={digit} aria-pressed={params.digit === digit} onClick={() => set({ digit })}>
            {t(schema.digit.options[digit])}
          </Button>
        ))}
      </div>
      <figure className={style.samples}>
        {frame ? (
          <DigitGrid
            images={frame.images}
            side={SIDE}
            columns={COLUMNS}
            chosen={chosen}
            onPick={setChosen}
            label={t({ en: `Drawn image, σ = ${sigma}`, zh: `生成的图像，σ = ${sigma}` })}
          />
        ) : (
          <div className={style.skeleton} />
        )}
        <figcaption className={style.note}>
          {t({
            en: `The exact denoiser of ${known.count} images`,
            zh: `${known.count} 张图像的精确去噪器`,
          })}
          {' · '}σ = {sigma}
        </figcaption>
      </figure>
      <Scrubber
        length={last + 1}
        at={at}
        onMove={(to) => setAsked(to >= last ? undefined : to)}
        label={t({ en: 'Steps of the sampler, noise to images', zh: '采样步骤：从噪声到图像' })}
        caption={`σ = ${sigma}`}
      />
      {done && found && (
        <>
          <div className={style.singles}>
            <Single images={one(done.frames[last]!.images, chosen)} label={t({ en: 'drawn', zh: '生成' })} />
            <Single
              images={one(known.values, found.index)}
              label={t({ en: 'nearest of the data', zh: '数据中最近的一张' })}
            />
            <span className={style.field}>
              {t({ en: 'distance per pixel', zh: '每像素距离' })} {significant(found.distance)}
            </span>
          </div>
          <p className={style.note}>
            {t({
              en: `Attention over the data is all that this denoiser is, so it can only repeat them: every image it draws is one that was there. Every step of ${done.followed} images is within ${scientific(done.error)} of float64.`,
              zh: `这个去噪器不过是对数据的注意力，所以只能重复：它画出的每张图像都是原有的。对 ${done.followed} 张图像的每一步，与 float64 的相对误差为 ${scientific(done.error)}。`,
            })}
          </p>
        </>
      )}
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
