/** The window slides over the samples, one a step, with the monotonic deque beside it. */
import { useState } from 'react';
import { Scrubber } from '@/ui/Scrubber';
import { Waiting } from '@/ui/Waiting';
import type { Text } from '@/lib/text';
import { dequeSteps, type DequeStep } from '../deque';
import type { TabProps } from './types';
import { Bars, short } from './Bars';
import { MOST_K, stretchAt } from './stretch';
import { StretchField } from './StretchField';
import { TooWide } from './TooWide';
import style from './view.module.css';

export function DequeTab({ view, place, move }: TabProps) {
  const { session, params, t } = view;
  const [at, setAt] = useState(0);
  if (!session) return <Waiting height="18rem" />;
  const { k } = params;
  if (k > MOST_K) return <TooWide view={view} />;
  const stretch = stretchAt(session, place);
  const { values } = stretch;
  const steps = dequeSteps(values, k);
  const here = Math.min(at, steps.length - 1);
  const step = steps[here]!;
  const held = new Set(step.held);
  const gone = new Set([...step.popped, ...(step.expired === null ? [] : [step.expired])]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const outputs = steps.map(({ i, output }) => (i <= here ? output : null));
  return (
    <div className={style.stack}>
      <StretchField view={view} stretch={stretch} onMove={move} />
      <Bars
        name="x"
        values={values}
        low={low}
        high={high}
        height={8}
        label={t({
          en: `Samples: ${values.map(short).join(', ')}`,
          zh: `样本：${values.map(short).join('，')}`,
        })}
        marks={(i) => [
          i > here - k && i <= here && 'inside',
          i > here && 'later',
          i === step.held[0] && step.output !== null ? 'answer' : held.has(i) && 'held',
          gone.has(i) && 'gone',
        ]}
      />
      <div className={style.deque}>
        <span className={style.end}>{t({ en: 'front', zh: '队首' })}</span>
        {step.held.map((i, n) => (
          <span
            key={i}
            className={`${style.slot ?? ''} ${n === 0 && step.output !== null ? (style.best ?? '') : ''}`}
          >
            {short(values[i]!)}
            <small>[{i + stretch.from}]</small>
          </span>
        ))}
        <span className={style.end}>{t({ en: 'back', zh: '队尾' })}</span>
      </div>
      <Bars
        name="y"
        values={outputs}
        low={low}
        high={high}
        height={3}
        label={t({ en: 'Maxima so far', zh: '至此得到的最大值' })}
        marks={(i) => [i === here && 'inside', i === here && 'answer']}
      />
      <p className={style.sentence} aria-live="polite">
        {t(sentence(step, values, k, stretch.from))}
      </p>
      <Scrubber
        length={steps.length}
        at={here}
        onMove={setAt}
        perSecond={1.5}
        label={t({ en: 'Steps of the deque', zh: '单调队列的步骤' })}
        caption={`x[${here + stretch.from}]`}
      />
    </div>
  );
}

function sentence(step: DequeStep, x: readonly number[], k: number, from: number): Text {
  const list = (places: readonly number[], join: string): string =>
    places.map((i) => short(x[i]!)).join(join);
  const value = short(x[step.i]!);
  const en = [`${value} comes in.`];
  const zh = [`${value} 进来。`];
  if (step.popped.length > 0) {
    en.push(
      `It is at least ${list(step.popped, ', ')}: they can never be a maximum again, and leave at the back.`,
    );
    zh.push(`它不小于 ${list(step.popped, '、')}：后者不可能再成为最大值，从队尾离开。`);
  }
  if (step.expired !== null) {
    en.push(`Sample ${step.expired + from} is ${k} old and leaves at the front.`);
    zh.push(`第 ${step.expired + from} 个样本已滑出窗口（宽 ${k}），从队首离开。`);
  }
  if (step.output === null) {
    en.push(`No whole window yet.`);
    zh.push(`窗口还没满。`);
  } else {
    en.push(`The front is the maximum: ${short(step.output)}.`);
    zh.push(`队首就是最大值：${short(step.output)}。`);
  }
  return { en: en.join(' '), zh: zh.join('') };
}
