/** Where a forward pass spends its time and its memory, layer by layer in the order in which they run. */
import { useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import type { Text } from '@/lib/text';
import { Button } from '@/ui/Button';
import { bytes, count, duration, quantity, significant } from '@/ui/format';
import { byKind, type Kind, type Layer, type Profile } from '../profile';
import { LayerBars } from './LayerBars';
import { Progress } from './Progress';
import type { TabProps } from './types';
import { useTask } from './useTask';
import style from './view.module.css';

const kindNames: Readonly<Record<Kind, Text>> = {
  stem: { en: 'stem', zh: '首层' },
  expand: { en: 'expand 1 × 1', zh: '扩展 1 × 1' },
  depthwise: { en: 'depthwise', zh: '深度卷积' },
  'squeeze-excite': { en: 'squeeze-and-excitation', zh: '压缩与激励' },
  project: { en: 'project 1 × 1', zh: '投影 1 × 1' },
  head: { en: 'head', zh: '头部' },
};

type Measure = 'ms' | 'aliveBytes' | 'weightBytes' | 'flops';
const measures: Readonly<
  Record<Measure, { readonly title: Text; readonly text: (value: number) => string }>
> = {
  ms: { title: { en: 'Time', zh: '耗时' }, text: duration },
  aliveBytes: { title: { en: 'Memory held meanwhile', zh: '此刻占用的激活内存' }, text: bytes },
  weightBytes: { title: { en: 'Weights', zh: '权重' }, text: bytes },
  flops: { title: { en: 'Operations', zh: '运算次数' }, text: (value) => quantity(value, 'FLOP') },
};

export function ProfileTab({ view }: TabProps) {
  const { t, lang, params, session } = view;
  const task = useTask(view);
  const [found, setFound] = useState<{ readonly key: string; readonly profile: Profile }>();
  const [measure, setMeasure] = useState<Measure>('ms');
  const [table, setTable] = useState(false);
  const key = JSON.stringify(params);
  const profile = found?.key === key ? found.profile : undefined;
  const start = (): void =>
    task.start('profile', async (running, signal, report) => {
      setFound({ key, profile: await running.profile(signal, report) });
    });
  const name = params.network === 'scaled' ? `φ = ${params.phi}` : params.network.toUpperCase();
  return (
    <div className={style.stack}>
      <div className={style.fields}>
        <Button look="primary" disabled={!session || task.running !== undefined} onClick={start}>
          {t({ en: `Profile the network in force (${name})`, zh: `剖析当前网络（${name}）` })}
        </Button>
        <Progress view={view} task={task} label={t({ en: 'Timing layers', zh: '逐层计时' })} />
      </div>
      {task.failure && <p role="alert">{sentenceOf(task.failure.error, lang)}</p>}
      {profile ? (
        <>
          <div className={style.names} role="group" aria-label={t({ en: 'What is shown', zh: '显示内容' })}>
            {(Object.keys(measures) as Measure[]).map((each) => (
              <Button key={each} aria-pressed={measure === each} onClick={() => setMeasure(each)}>
                {t(measures[each].title)}
              </Button>
            ))}
            <Button aria-pressed={table} onClick={() => setTable(!table)}>
              {t({ en: 'Table', zh: '表格' })}
            </Button>
          </div>
          {table ? (
            <LayerTable view={view} layers={profile.layers} />
          ) : (
            <LayerBars
              layers={profile.layers.map((layer) => ({
                ...layer,
                value: layer[measure],
                text: layer[measure] === null ? '–' : measures[measure].text(layer[measure]),
              }))}
              unit={measures[measure].text}
              label={t({
                en: `${t(measures[measure].title)} of each layer; the table holds the same numbers`,
                zh: `各层的${t(measures[measure].title)}；表格中有同样的数据`,
              })}
            />
          )}
          <Sums view={view} profile={profile} />
          <p className={style.note}>{t(about(profile))}</p>
        </>
      ) : (
        !task.running && (
          <p className={style.note}>
            {t({
              en: 'Each layer is repeated by itself until it can be timed, so this takes some seconds. Moved parameters end it.',
              zh: '每一层都单独重复运行，直到可以计时，因此需要若干秒。移动参数会使其中止。',
            })}
          </p>
        )
      )}
    </div>
  );
}

function about({ layers, wholeMs, method }: Profile): Text {
  const sum = layers.reduce((total, { ms }) => total + (ms ?? 0), 0);
  const [way, wayZh] =
    method === 'timestamp'
      ? ['GPU timestamps', 'GPU 时间戳']
      : ['wall clock over repeats', '重复运行的挂钟时间'];
  return {
    en: `By ${way}. The layers add up to ${duration(sum)}, the pass as a whole took ${duration(wholeMs)}: a layer that is repeated finds its tensors in the cache, and one too fast to be timed counts as nothing.`,
    zh: `采用${wayZh}。各层之和为 ${duration(sum)}，整次计算用时 ${duration(wholeMs)}：重复运行的层会命中缓存，快到无法计时的层计为零。`,
  };
}

function Sums({ view: { t }, profile }: TabProps & { readonly profile: Profile }) {
  const sums = byKind(profile);
  const total = (of: (row: (typeof sums)[number]) => number): number =>
    sums.reduce((sum, row) => sum + of(row), 0);
  const [ms, flops] = [total((row) => row.ms), total((row) => row.flops)];
  const percent = (share: number): string => `${significant(100 * share, 2)} %`;
  return (
    <div
      className={style.scroll}
      tabIndex={0}
      role="region"
      aria-label={t({ en: 'Sums by kind', zh: '按种类汇总' })}
    >
      <table className={style.numbers}>
        <thead>
          <tr>
            <th scope="col">{t({ en: 'Kind', zh: '种类' })}</th>
            <th scope="col">{t({ en: 'Layers', zh: '层数' })}</th>
            <th scope="col">{t({ en: 'Time', zh: '耗时' })}</th>
            <th scope="col">{t({ en: 'of the time', zh: '占耗时' })}</th>
            <th scope="col">{t({ en: 'of the operations', zh: '占运算' })}</th>
            <th scope="col">{t({ en: 'Weights', zh: '权重' })}</th>
            <th scope="col">{t({ en: 'Written', zh: '写出' })}</th>
          </tr>
        </thead>
        <tbody>
          {sums.map((row) => (
            <tr key={row.kind}>
              <th scope="row">
                <i className={style.swatch} data-kind={row.kind} /> {t(kindNames[row.kind])}
              </th>
              <td>{count(row.layers)}</td>
              <td>{duration(row.ms)}</td>
              <td>{percent(row.ms / ms)}</td>
              <td>{percent(row.flops / flops)}</td>
              <td>{bytes(row.weightBytes)}</td>
              <td>{bytes(row.outputBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LayerTable({ view: { t }, layers }: TabProps & { readonly layers: readonly Layer[] }) {
  return (
    <div className={style.tall} tabIndex={0} role="region" aria-label={t({ en: 'Layers', zh: '各层' })}>
      <table className={style.numbers}>
        <thead>
          <tr>
            <th scope="col">{t({ en: 'Layer', zh: '层' })}</th>
            <th scope="col">{t({ en: 'Writes', zh: '输出' })}</th>
            {(Object.keys(measures) as Measure[]).map((each) => (
              <th key={each} scope="col">
                {t(measures[each].title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {layers.map((layer, i) => (
            <tr key={i}>
              <th scope="row">
                <i className={style.swatch} data-kind={layer.kind} /> {layer.name}
              </th>
              <td>{layer.shape.slice(1).join(' × ')}</td>
              {(Object.keys(measures) as Measure[]).map((each) => (
                <td key={each}>{layer[each] === null ? '–' : measures[each].text(layer[each])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
