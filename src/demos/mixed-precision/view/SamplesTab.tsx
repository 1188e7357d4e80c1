/** What a mode makes of held-out data: digits with what it takes them for, text with the next character it expects. */
import { useEffect, useRef, useState } from 'react';
import { valuesOf } from '@/lib/tensor';
import { Badge } from '@/ui/Badge';
import { count } from '@/ui/format';
import type { Evaluation } from '../log';
import type { Mode } from '../modes';
import { CONTEXT, SIZE } from '../task';
import { Checkpoint } from './Checkpoint';
import { ModeField } from './ModeField';
import { Scrubber } from '@/ui/Scrubber';
import { Waiting } from '@/ui/Waiting';
import type { TabProps } from './types';
import style from './view.module.css';
import { Writing } from './Writing';

const SHOWN = 24;

export function SamplesTab({ view, session, at, moveTo }: TabProps) {
  const { t, params } = view;
  const [picked, setPicked] = useState<Mode>();
  const run = session.runs.find(({ mode }) => mode === (picked ?? params.mode)) ?? session.chosen;
  const { evaluations } = run;
  const newest = evaluations.length - 1;
  const here =
    at === undefined
      ? newest
      : Math.max(
          0,
          evaluations.findLastIndex(({ step }) => step <= at),
        );
  const evaluation = evaluations[here];
  return (
    <div className={style.stack}>
      <div className={style.fields}>
        <ModeField view={view} session={session} mode={run.mode} pick={setPicked} />
        {evaluation && (
          <span className={style.reading}>
            {t({ en: 'held-out accuracy', zh: '测试准确率' })} {(100 * evaluation.accuracy).toFixed(1)} %
          </span>
        )}
      </div>
      {!evaluation ? (
        <Waiting height="16rem" />
      ) : session.task.isText ? (
        <>
          <Expected view={view} session={session} evaluation={evaluation} />
          <Writing key={run.mode} view={view} session={session} mode={run.mode} />
        </>
      ) : (
        <Digits view={view} session={session} evaluation={evaluation} />
      )}
      <Checkpoint view={view} mode={run.mode} then={here < newest ? evaluation : undefined} />
      <Scrubber
        length={Math.max(1, evaluations.length)}
        at={Math.max(0, here)}
        onMove={(to) => moveTo(to >= newest ? undefined : evaluations[to]?.step)}
        label={t({ en: 'Stored steps', zh: '已保存的步' })}
        caption={t({
          en: `step ${count(evaluation?.step ?? 0)}`,
          zh: `第 ${count(evaluation?.step ?? 0)} 步`,
        })}
      />
    </div>
  );
}

interface SampleProps extends Pick<TabProps, 'view' | 'session'> {
  readonly evaluation: Evaluation;
}

/** The class with the largest of row `row`'s logits, and its probability. */
function best(logits: Float32Array, row: number, classes: number): { at: number; p: number } {
  const own = logits.subarray(row * classes, (row + 1) * classes);
  const most = Math.max(...own);
  const sum = own.reduce((s, v) => s + Math.exp(v - most), 0);
  return { at: own.indexOf(most), p: 1 / sum };
}

function Digits({ view: { t }, session, evaluation }: SampleProps) {
  const { x, targets } = session.heldOut[0]!;
  const [pixels, labels] = [valuesOf(x!), valuesOf(targets!)];
  return (
    <ul className={style.digits}>
      {Array.from({ length: SHOWN }, (_, i) => {
        const { at, p } = best(evaluation.logits, i, 10);
        const label = labels[i]!;
        const right = at === label;
        return (
          <li key={i} className={right ? style.right : style.wrong}>
            <Digit pixels={pixels.subarray(i * SIZE * SIZE, (i + 1) * SIZE * SIZE) as Float32Array} />
            <span>
              {at < 0 || !Number.isFinite(p) ? '–' : at}
              {!right && <Badge tone="bad">{t({ en: `is ${label}`, zh: `实为 ${label}` })}</Badge>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Digit({ pixels }: { readonly pixels: Float32Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(SIZE, SIZE);
    pixels.forEach((v, i) => {
      const grey = 255 - 255 * Math.min(1, Math.max(0, v));
      image.data.set([grey, grey, grey, 255], 4 * i);
    });
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return <canvas ref={canvas} width={SIZE} height={SIZE} aria-hidden />;
}

/** The first held-out windows, each character marked by whether it was expected. */
function Expected({ view: { t }, session, evaluation }: SampleProps) {
  const { targets } = session.heldOut[0]!;
  const ids = valuesOf(targets!);
  const { names } = session.task;
  return (
    <div className={style.stack}>
      <p className={style.note}>
        {t({
          en: 'Held-out text. Underlined: a character that the network did not expect.',
          zh: '留作测试的文本。下划线：网络没有预料到的字符。',
        })}
      </p>
      {Array.from({ length: 4 }, (_, row) => (
        <p key={row} className={style.text}>
          {Array.from({ length: CONTEXT }, (_, i) => {
            const at = row * CONTEXT + i;
            const right = best(evaluation.logits, at, names.length).at === ids[at];
            const c = names[ids[at]!];
            return right ? <span key={i}>{c}</span> : <u key={i}>{c}</u>;
          })}
        </p>
      ))}
    </div>
  );
}
