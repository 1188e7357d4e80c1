/** B0 to B7 as published: what each costs, and how long it takes here, the larger ones on request. */
import { useMemo, useState } from 'react';
import { LabError, sentenceOf } from '@/lib/errors';
import { scalings, type Scaling } from '@/models/vision/efficientnet';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { bytes, count, duration, quantity, remaining } from '@/ui/format';
import { currentOf } from '../current';
import type { Latency } from '../latency';
import type { Setting } from '@/lab/fit';
import type { EfficientNetSession } from '../session';
import { Progress } from './Progress';
import type { TabProps } from './types';
import { useTask } from './useTask';
import style from './view.module.css';

const names = Object.keys(scalings) as Scaling[];

/** Measured at these settings; others are another table. */
interface Measured {
  readonly key: string;
  readonly latency: Readonly<Partial<Record<Scaling, Latency>>>;
}

export function FamilyTab({ view }: TabProps) {
  const { t, lang, params, set, session, cpuOnly } = view;
  const task = useTask(view);
  const { resolution, seed } = params;
  const key = `${resolution} ${seed}`;
  const [measured, setMeasured] = useState<Measured>({ key, latency: {} });
  const [offer, setOffer] = useState<Setting>();
  const latency = measured.key === key ? measured.latency : {};
  const rows = useMemo(
    () => names.map((name) => ({ name, ...currentOf({ ...published(name), resolution, seed }) })),
    [resolution, seed],
  );
  const gpu: EfficientNetSession | undefined = session && 'time' in session ? session : undefined;
  const measure = (wanted: readonly Scaling[]): void => {
    setOffer(undefined);
    task.start(wanted.join(' '), async (running, signal, report) => {
      for (const [i, name] of wanted.entries()) {
        const row = rows.find((each) => each.name === name)!;
        const found = await running
          .time(row, signal, (done, total) => report(i + done / total, wanted.length))
          .catch(async (error: unknown) => {
            if (error instanceof LabError && /^gpu\.(memory|limit)$/.test(error.code))
              setOffer(await running.largest({ ...published(name), resolution, seed }, error));
            throw error;
          });
        setMeasured((before) => ({
          key,
          latency: { ...(before.key === key ? before.latency : {}), [name]: found },
        }));
      }
    });
  };
  const leftMs = gpu && task.running ? leftOf(gpu, task.running, rows) : undefined;
  return (
    <div className={style.stack}>
      <div
        className={style.scroll}
        tabIndex={0}
        role="region"
        aria-label={t({ en: 'B0 to B7', zh: 'B0 到 B7' })}
      >
        <table className={style.numbers}>
          <thead>
            <tr>
              <th scope="col">{t({ en: 'Network', zh: '网络' })}</th>
              <th scope="col">w</th>
              <th scope="col">d</th>
              <th scope="col">r</th>
              <th scope="col">{t({ en: 'Parameters', zh: '参数量' })}</th>
              <th scope="col">{t({ en: 'Multiply-adds', zh: '乘加次数' })}</th>
              <th scope="col">{t({ en: 'Activations', zh: '激活内存' })}</th>
              <th scope="col">{t({ en: '… nothing reused', zh: '……不复用' })}</th>
              {!cpuOnly && <th scope="col">{t({ en: 'Time here', zh: '本机耗时' })}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, scales, counts }) => (
              <tr key={name} data-chosen={params.network === name}>
                <th scope="row">{name.toUpperCase()}</th>
                <td>{scales.width}</td>
                <td>{scales.depth}</td>
                <td>{scales.resolution}</td>
                <td>{count(counts.parameters)}</td>
                <td>{quantity(counts.macs / 1e9, 'G')}</td>
                <td>{bytes(counts.activations.shared)}</td>
                <td>{bytes(counts.activations.apart)}</td>
                {!cpuOnly && (
                  <td>
                    {latency[name] ? (
                      <span title={spread(latency[name])}>{duration(latency[name].timeMs.median)}</span>
                    ) : (
                      <Button
                        disabled={!gpu || task.running !== undefined}
                        name={t({ en: `Measure ${name.toUpperCase()}`, zh: `测量 ${name.toUpperCase()}` })}
                        onClick={() => measure([name])}
                      >
                        {t({ en: 'Measure', zh: '测量' })}
                        {gpu && ` · ${remaining(gpu.expectedMs({ counts }), lang)}`}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!cpuOnly && (
        <div className={style.fields}>
          <Button
            disabled={!gpu || task.running !== undefined}
            onClick={() => measure(names.filter((name) => !latency[name]))}
          >
            {t({ en: 'Measure all that are left', zh: '测量其余全部' })}
          </Button>
          <Progress view={view} task={task} leftMs={leftMs} label={t({ en: 'Measuring', zh: '测量中' })} />
        </div>
      )}
      {task.failure && (
        <p role="alert">
          {sentenceOf(task.failure.error, lang)}{' '}
          {offer && (
            <Button onClick={() => set({ resolution: offer.value })}>
              {t({
                en: `Use ${offer.value} px at φ = 0, which fits`,
                zh: `改用放得下的 ${offer.value} px（φ = 0）`,
              })}
            </Button>
          )}
        </p>
      )}
      <p className={style.note}>
        {t({
          en: 'Width and depth as published; the resolution follows the slider, 224 being the paper’s. Times are medians of whole forward passes of one image in f32, with weights from the seed: time does not depend on what they are. Estimates are from the last network that was timed here.',
          zh: '宽度与深度取论文的值；分辨率随滑块变化，224 为论文的取值。耗时为单张图像整个 f32 前向计算的中位数，权重由种子生成：耗时与权重的取值无关。预估时间依据上一个在本机测量的网络。',
        })}{' '}
        {Object.keys(latency).length > 0 && <Badge>{methodOf(latency, t)}</Badge>}
      </p>
    </div>
  );
}

const published = (network: Scaling) => ({ network, phi: 0, alpha: 1, beta: 1, gamma: 1 });

const spread = ({ timeMs }: Latency): string =>
  `${duration(timeMs.p10)} – ${duration(timeMs.p90)}, n = ${timeMs.samples}`;

function methodOf(latency: Measured['latency'], t: TabProps['view']['t']): string {
  const [found] = Object.values(latency);
  return found?.timeMs.method === 'timestamp'
    ? t({ en: 'GPU timestamps', zh: 'GPU 时间戳' })
    : t({ en: 'wall clock, one wait for each pass', zh: '挂钟时间，每次计算等待一次' });
}

/** Of the rows that a task still has before it. */
function leftOf(
  session: EfficientNetSession,
  { key, done }: { readonly key: string; readonly done: number },
  rows: readonly (Parameters<EfficientNetSession['expectedMs']>[0] & { readonly name: Scaling })[],
): number {
  const wanted = key.split(' ').flatMap((name) => rows.find((row) => row.name === name) ?? []);
  return wanted.reduce((sum, row, i) => {
    const share = Math.min(1, Math.max(0, i + 1 - done));
    return sum + share * session.expectedMs(row);
  }, 0);
}
