/** How far can you go: the largest N that naive and flash each really run here, found step by step. */
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Button } from '@/ui/Button';
import { bytes, count, duration } from '@/ui/format';
import type { Reach } from '../howFar';
import type { TabProps } from './tab';
import { onGpu } from './usePatternOf';
import style from './view.module.css';

const kinds = ['naive', 'flash'] as const;
type Kind = (typeof kinds)[number];
const titles = { naive: { en: 'naive', zh: '朴素' }, flash: { en: 'flash', zh: 'Flash' } } as const;

export function HowFarTab({ view }: TabProps) {
  const { ask, session, t, lang } = view;
  const [reaches, setReaches] = useState<Readonly<Partial<Record<Kind, Reach>>>>({});
  const [running, setRunning] = useState<Kind | null>(null);
  const [failure, setFailure] = useState<unknown>();
  const ending = useRef<AbortController | null>(null);
  useEffect(() => () => ending.current?.abort(), []);

  const start = async (): Promise<void> => {
    const mine = new AbortController();
    ending.current = mine;
    setReaches({});
    setFailure(undefined);
    try {
      for (const kind of kinds) {
        setRunning(kind);
        const report = (reach: Reach): void => setReaches((old) => ({ ...old, [kind]: reach }));
        await ask((asked, signal) =>
          onGpu(asked).howFar(kind, report, AbortSignal.any([signal, mine.signal])),
        );
      }
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) setFailure(error);
    } finally {
      if (ending.current === mine) setRunning(null);
    }
  };

  const most = Math.max(1, ...kinds.map((kind) => reaches[kind]?.bound.n ?? 1));
  return (
    <div className={style.stack}>
      <p className={style.note}>
        {t({
          en: 'N doubles until the device’s limits, its memory or patience ends it; then the gap is halved. Every size is really allocated and run, at the head size, heads and storage chosen beside.',
          zh: 'N 不断翻倍，直到触及设备上限、内存耗尽或等待过久，然后在间隙中二分。每个尺寸都真正分配并运行，维度、头数与存储类型以旁边的设置为准。',
        })}
      </p>
      <div className={style.fields}>
        {running ? (
          <Button onClick={() => ending.current?.abort()}>{t({ en: 'Cancel', zh: '取消' })}</Button>
        ) : (
          <Button look="primary" disabled={!session} onClick={() => void start()}>
            {t({ en: 'How far can you go?', zh: '看看能走多远' })}
          </Button>
        )}
        <output aria-live="polite" className={style.reading}>
          {running &&
            t({
              en: `${titles[running].en}: N = ${count(reaches[running]?.trying ?? 0)} …`,
              zh: `${titles[running].zh}：N = ${count(reaches[running]?.trying ?? 0)} …`,
            })}
        </output>
      </div>
      {failure !== undefined && <p role="alert">{sentenceOf(failure, lang)}</p>}
      {kinds.map((kind) => {
        const reach = reaches[kind];
        return (
          <section key={kind} className={style.reach} aria-label={t(titles[kind])}>
            <h3>{t(titles[kind])}</h3>
            <div className={style.road} data-kind={kind}>
              <span style={{ width: `${share(reach?.bound.n, most)}%` }} className={style.possible} />
              <span style={{ width: `${share(reach?.best, most)}%` }} className={style.reached} />
            </div>
            <p>
              {reach
                ? t({
                    en: `N = ${count(reach.best)} ran; the limits alone allow ${count(reach.bound.n)}.`,
                    zh: `运行到 N = ${count(reach.best)}；仅看设备上限可到 ${count(reach.bound.n)}。`,
                  })
                : '–'}{' '}
              {reach?.end && t(reach.end.text)}
            </p>
            {reach && reach.tries.length > 0 && <Tries reach={reach} view={view} />}
          </section>
        );
      })}
    </div>
  );
}

/** Length on a logarithmic scale: each doubling is as long as the one before. */
const share = (n: number | undefined, most: number): number =>
  n ? (100 * Math.log2(Math.max(2, n))) / Math.log2(Math.max(2, most)) : 0;

function Tries({ reach, view: { t, lang } }: { readonly reach: Reach; readonly view: TabProps['view'] }) {
  return (
    <div className={style.scroll}>
      <table className={style.tries}>
        <thead>
          <tr>
            <th scope="col">N</th>
            <th scope="col">{t({ en: 'time', zh: '耗时' })}</th>
            <th scope="col">{t({ en: 'memory', zh: '内存' })}</th>
            <th scope="col">{t({ en: 'outcome', zh: '结果' })}</th>
          </tr>
        </thead>
        <tbody>
          {reach.tries.map(({ n, outcome, ms, peakBytes, why }) => (
            <tr key={n}>
              <td>{count(n)}</td>
              <td>{ms === null ? '–' : duration(ms)}</td>
              <td>{peakBytes === null ? '–' : bytes(peakBytes)}</td>
              <td>{outcome === 'ran' ? t({ en: 'ran', zh: '已运行' }) : sentenceOf(why, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
