/** What scaling buys: small networks trained by this project's engine, their accuracy over their multiply-adds; and one more, here. */
import { useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import type { Text } from '@/lib/text';
import type { SeriesRole } from '@/lab/demo';
import { Button } from '@/ui/Button';
import { Chart } from '@/ui/Chart';
import { bytes, count, quantity, significant } from '@/ui/format';
import { Waiting } from '@/ui/Waiting';
import { countsOf } from '../counts';
import { pathsOf, paths, type Grid, type GridPoint, type Path } from '../grid';
import { JUDGED, type Learned } from '../learning';
import { networkOf } from '../scaling';
import { Progress } from './Progress';
import type { TabProps } from './types';
import { useGrid } from './useShipped';
import { useTask } from './useTask';
import style from './view.module.css';

const pathNames: Readonly<Record<Path, Text>> = {
  width: { en: 'width alone', zh: '只加宽' },
  depth: { en: 'depth alone', zh: '只加深' },
  resolution: { en: 'resolution alone', zh: '只提高分辨率' },
  all: { en: 'all three', zh: '三者同增' },
};
const roles: Readonly<Record<Path, SeriesRole>> = {
  ...{ width: 'alternative', depth: 'naive', resolution: 'cpu', all: 'fused' },
};

export function GridTab({ view }: TabProps) {
  const { lang } = view;
  const { value, error } = useGrid();
  if (error !== undefined) return <p role="alert">{sentenceOf(error, lang)}</p>;
  if (!value) return <Waiting height="12rem" />;
  return <Trained view={view} grid={value} />;
}

function Trained({ view, grid }: TabProps & { readonly grid: Grid }) {
  const { t, lang, session, cpuOnly } = view;
  const task = useTask(view);
  const [at, setAt] = useState(0);
  const [learned, setLearned] = useState<{ readonly at: number; readonly found: Learned }>();
  const ways = pathsOf(grid.points);
  const sorted = grid.points.toSorted((a, b) => a.macs - b.macs);
  const point = sorted[at]!;
  const { steps } = grid.training;
  const train = (): void => {
    setLearned(undefined);
    task.start('train', async (running, signal, report) => {
      const recipe = { ...point, ...grid.training, heldOutSeed: grid.data.heldOutSeed };
      const take = (found: Learned): void => {
        report(found.step, steps);
        setLearned({ at, found });
      };
      await running.learn(recipe, take, signal);
    });
  };
  const found = learned?.at === at ? learned.found : undefined;
  const leftMs = found && (found.ms * (steps - found.step)) / found.step;
  return (
    <div className={style.stack}>
      <Chart
        title={t({
          en: `Recorded: right on ${count(grid.data.heldOutImages)} held-out images, after ${count(steps)} steps of ${grid.training.batch}`,
          zh: `训练记录：${count(steps)} 步、每步 ${grid.training.batch} 张之后，在 ${count(grid.data.heldOutImages)} 张留出图像上的正确率`,
        })}
        x={{ label: t({ en: 'multiply-adds of an image', zh: '每张图像的乘加次数' }), scale: 'log' }}
        y={{ label: t({ en: 'accuracy', zh: '正确率' }), scale: 'linear', unit: '%' }}
        lines={paths.map((path) => ({
          ...{ id: path, role: roles[path], label: t(pathNames[path]) },
          points: ways[path].map(({ macs, accuracy }) => ({ x: macs, y: 100 * accuracy })),
        }))}
      />
      <div
        className={style.tall}
        tabIndex={0}
        role="region"
        aria-label={t({ en: 'Trained networks', zh: '训练过的网络' })}
      >
        <table className={style.numbers}>
          <thead>
            <tr>
              {['w', 'd', 'r'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">{t({ en: 'Parameters', zh: '参数量' })}</th>
              <th scope="col">{t({ en: 'Multiply-adds', zh: '乘加次数' })}</th>
              <th scope="col">{t({ en: 'Activations', zh: '激活内存' })}</th>
              <th scope="col">{t({ en: 'Accuracy', zh: '正确率' })}</th>
              <th scope="col">{t({ en: 'Loss at the end', zh: '末尾损失' })}</th>
              <th scope="col">
                <span className="visually-hidden">{t({ en: 'Choose', zh: '选择' })}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((each, i) => (
              <tr key={i} data-chosen={i === at}>
                <td>{each.width}</td>
                <td>{each.depth}</td>
                <td>{each.resolution}</td>
                <td>{count(each.parameters)}</td>
                <td>{quantity(each.macs / 1e6, 'M')}</td>
                <td>
                  {bytes(countsOf(networkOf(each, grid.data.classes), each.resolution).activations.shared)}
                </td>
                <td>{significant(100 * each.accuracy)} %</td>
                <td>{significant(each.loss)}</td>
                <td>
                  <Button
                    aria-pressed={i === at}
                    disabled={task.running !== undefined}
                    onClick={() => setAt(i)}
                  >
                    {t({ en: 'Choose', zh: '选择' })}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!cpuOnly && (
        <div className={style.fields}>
          <Button look="primary" disabled={!session || task.running !== undefined} onClick={train}>
            {t({ en: `Train this point now: ${nameOf(point)}`, zh: `现在训练这一点：${nameOf(point)}` })}
          </Button>
          <Progress view={view} task={task} leftMs={leftMs} label={t({ en: 'Training', zh: '训练中' })} />
        </div>
      )}
      {task.failure && <p role="alert">{sentenceOf(task.failure.error, lang)}</p>}
      {found && <Curve view={view} found={found} point={point} />}
      <p className={style.note}>
        <code>{grid.command}</code>
        {t({
          en: `, on ${grid.adapter}. A line starts at the smallest network and grows in one dimension, the others at their least, or in all at once. The images become ${significant(100 * grid.training.strength)} % as hard as those of the shipped classifier, so that so few steps tell networks apart. Training here takes the same images, steps and seed, and moved parameters end it.`,
          zh: `，在 ${grid.adapter} 上训练。每条线都从最小的网络出发，只增大一个维度（其余取最小值），或三者同时增大。图像难度为站内分类器所用图像的 ${significant(100 * grid.training.strength)} %，因此不多的步数就能区分网络。在此训练使用相同的图像、步数与种子；移动参数会使其中止。`,
        })}
      </p>
    </div>
  );
}

const nameOf = ({ width, depth, resolution }: GridPoint): string => `w ${width}, d ${depth}, r ${resolution}`;

function Curve({
  view: { t },
  found,
  point,
}: TabProps & { readonly found: Learned; readonly point: GridPoint }) {
  return (
    <Chart
      title={t({
        en: `Trained here: ${nameOf(point)}, loss over the steps`,
        zh: `在此训练：${nameOf(point)}，损失随步数的变化`,
      })}
      x={{ label: t({ en: 'step', zh: '步' }), scale: 'linear' }}
      y={{ label: t({ en: 'loss', zh: '损失' }), scale: 'linear' }}
      lines={[
        {
          ...{ id: 'loss', role: 'fused', label: t({ en: 'mean of ten steps', zh: '每十步的平均' }) },
          points: found.curve.map(({ step, loss }) => ({ x: step, y: loss })),
        },
      ]}
    >
      {found.accuracy !== undefined && (
        <p role="status">
          {t({
            en: `Right on ${significant(100 * found.accuracy)} % of ${JUDGED} held-out images; the record says ${significant(100 * point.accuracy)} %.`,
            zh: `在 ${JUDGED} 张留出图像上的正确率为 ${significant(100 * found.accuracy)} %；训练记录为 ${significant(100 * point.accuracy)} %。`,
          })}
        </p>
      )}
    </Chart>
  );
}
