/** Memory of each training by what it is for, as its scopes counted it, and what a step takes. */
import { useState } from 'react';
import type { Measurement } from '@/lab/report';
import { sentenceOf } from '@/lib/errors';
import { Button } from '@/ui/Button';
import { bytes, duration } from '@/ui/format';
import type { Text } from '@/lib/text';
import { charts } from '../charts';
import { modeLabels } from '../params';
import type { TabProps } from './types';
import { useStateOf } from './useStateOf';
import style from './view.module.css';

const categories = {
  weights: { en: 'weights', zh: '权重' },
  master: { en: 'master weights', zh: '主权重' },
  gradients: { en: 'gradients', zh: '梯度' },
  optimiser: { en: 'optimiser', zh: '优化器' },
  activations: { en: 'activations', zh: '激活值' },
  batch: { en: 'batch', zh: '批数据' },
} as const satisfies Record<string, Text>;
const kinds = Object.keys(categories) as (keyof typeof categories)[];

export function MemoryTab({ view, session }: TabProps) {
  const { t } = view;
  const rows = session.runs.flatMap((run) => (run.memory ? [{ run, memory: run.memory }] : []));
  const total = (memory: (typeof rows)[number]['memory']): number =>
    Object.values(memory).reduce((sum, n) => sum + n, 0);
  const most = Math.max(...rows.map(({ memory }) => total(memory)));
  const emulated = session.runs.some(({ mode }) => mode === 'bf16');
  return (
    <div className={style.stack}>
      <ul className={style.legend}>
        {kinds.map((kind) => (
          <li key={kind}>
            <i data-kind={kind} className={style.key} /> {t(categories[kind])}
          </li>
        ))}
      </ul>
      {rows.map(({ run, memory }) => (
        <div key={run.mode} className={style.weighed}>
          <span>{t(modeLabels[run.mode])}</span>
          <div className={style.bar} aria-hidden>
            {kinds.map((kind) => (
              <i key={kind} data-kind={kind} style={{ width: `${(100 * memory[kind]) / most}%` }} />
            ))}
          </div>
        </div>
      ))}
      <div
        className={style.table}
        role="region"
        aria-label={t({ en: 'Memory by category', zh: '按用途的内存' })}
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{t({ en: 'mode', zh: '模式' })}</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col">
                  {t(categories[kind])}
                </th>
              ))}
              <th scope="col">{t({ en: 'together', zh: '合计' })}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ run, memory }) => (
              <tr key={run.mode}>
                <th scope="row">{t(modeLabels[run.mode])}</th>
                {kinds.map((kind) => (
                  <td key={kind}>{bytes(memory[kind])}</td>
                ))}
                <td>{bytes(total(memory))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={style.note}>
        {t({
          en: 'With Adam, weights and their state take 16 bytes a parameter in FP32 and in mixed precision alike: what halves is the activations and gradients.',
          zh: '使用 Adam 时，权重及其状态在 FP32 与混合精度下同为每参数 16 字节：减半的是激活值与梯度。',
        })}{' '}
        {emulated &&
          t({
            en: 'BF16 is emulated: its numbers are rounded to BF16 but kept in f32, so its bars show f32’s memory.',
            zh: 'BF16 是模拟的：数值舍入到 BF16 但仍存放在 f32 中，所以其条形显示的是 f32 的内存。',
          })}
      </p>
      <StepTimes view={view} session={session} />
    </div>
  );
}

function StepTimes({ view: { ask, params, t, lang }, session }: Pick<TabProps, 'view' | 'session'>) {
  const [measured, setMeasured] = useStateOf<readonly Measurement[]>(session, []);
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const series = charts[0]?.series ?? [];
  const start = async (): Promise<void> => {
    setRunning(true);
    setMeasured(() => []);
    setFailure(undefined);
    try {
      await ask(async (own, signal) => {
        for await (const m of own.measure({ params, series, budgetMs: 5000 }, signal))
          setMeasured((old) => [...old, m]);
      });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) setFailure(error);
    } finally {
      setRunning(false);
    }
  };
  const nameOf = (m: Measurement): string => {
    const found = series.find(({ variant }) => variant === m.variant);
    return found ? t(found.label) : m.variant;
  };
  return (
    <section className={style.stack} aria-label={t({ en: 'Time of a step', zh: '单步耗时' })}>
      <div className={style.fields}>
        <Button disabled={running} onClick={() => void start()}>
          {t({ en: 'Time a step of each mode', zh: '测量各模式的单步耗时' })}
        </Button>
        {running && <span className={style.reading}>{t({ en: 'Measuring …', zh: '测量中 …' })}</span>}
      </div>
      {failure !== undefined && <p role="alert">{sentenceOf(failure, lang)}</p>}
      {measured.length > 0 && (
        <div
          className={style.table}
          role="region"
          aria-label={t({ en: 'Time of a step', zh: '单步耗时' })}
          tabIndex={0}
        >
          <table>
            <tbody>
              {measured.map((m) => (
                <tr key={m.variant}>
                  <th scope="row">{nameOf(m)}</th>
                  <td>{m.timeMs ? duration(m.timeMs.median) : m.note && t(m.note)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
