/** The gradients' sizes against what binary16 can hold, parameter by parameter, at every stored step. */
import { useId, useState } from 'react';
import { count, significant } from '@/ui/format';
import { Scrubber } from '@/ui/Scrubber';
import { Waiting } from '@/ui/Waiting';
import { COUNTS } from '@/shaders/statistics/counts';
import { counterOf, type Observation } from '../log';
import type { Mode } from '../modes';
import { Histogram } from './Histogram';
import { ModeField } from './ModeField';
import type { TabProps } from './types';
import style from './view.module.css';

const ALL = '';

export function GradientsTab({ view, session, at, moveTo }: TabProps) {
  const { t, params } = view;
  const id = useId();
  const [picked, setPicked] = useState<Mode>();
  const [name, setName] = useState(ALL);
  const run = session.runs.find(({ mode }) => mode === (picked ?? params.mode)) ?? session.chosen;
  const { observations, records } = run;
  const names = observations[0]?.tensors.map((tensor) => tensor.name) ?? [];
  const newest = observations.length - 1;
  const here =
    at === undefined
      ? newest
      : Math.max(
          0,
          observations.findLastIndex(({ step }) => step <= at),
        );
  const shown = observations[here];
  const sums = shown && summed(shown, names.includes(name) ? name : ALL);
  const lossScale = shown && records[shown.step]?.lossScale;
  return (
    <div className={style.stack}>
      <div className={style.fields}>
        <ModeField view={view} session={session} mode={run.mode} pick={setPicked} />
        <label htmlFor={id} className={style.field}>
          {t({ en: 'Parameter', zh: '参数' })}
          <select id={id} value={name} onChange={({ target }) => setName(target.value)}>
            <option value={ALL}>{t({ en: 'all together', zh: '全部' })}</option>
            {names.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        </label>
        {lossScale !== undefined && (
          <span className={style.reading}>
            {t({ en: 'loss scale', zh: '损失缩放' })} {count(lossScale)}
          </span>
        )}
      </div>
      {sums ? (
        <>
          <Histogram t={t} exact={sums.exact} stored={sums.stored} />
          <p className={style.sentence}>{t(sentence(sums.exact, sums.stored))}</p>
        </>
      ) : (
        <Waiting height="16rem" />
      )}
      <Scrubber
        length={Math.max(1, observations.length)}
        at={Math.max(0, here)}
        onMove={(to) => moveTo(to >= newest ? undefined : observations[to]?.step)}
        label={t({ en: 'Stored steps', zh: '已保存的步' })}
        caption={t({ en: `step ${count(shown?.step ?? 0)}`, zh: `第 ${count(shown?.step ?? 0)} 步` })}
      />
    </div>
  );
}

interface Sums {
  readonly exact: Uint32Array;
  readonly stored: Uint32Array;
}

function summed({ tensors }: Observation, name: string): Sums {
  const sums = { exact: new Uint32Array(COUNTS), stored: new Uint32Array(COUNTS) };
  for (const tensor of tensors) {
    if (name !== ALL && tensor.name !== name) continue;
    for (const which of ['exact', 'stored'] as const) tensor[which].forEach((n, i) => (sums[which][i]! += n));
  }
  return sums;
}

function sentence(exact: Uint32Array, stored: Uint32Array): { en: string; zh: string } {
  const some = counterOf(exact, 'values') - counterOf(exact, 'zeros');
  const share = (n: number): string => `${significant((100 * n) / Math.max(1, some))} %`;
  const below = share(counterOf(exact, 'underflow'));
  const subnormal = share(counterOf(exact, 'subnormal'));
  const zeroed = share(Math.max(0, counterOf(stored, 'zeros') - counterOf(exact, 'zeros')));
  const broken = count(counterOf(stored, 'notFinite'));
  return {
    en: `Times the loss scale, ${below} of the non-zero gradients are below 2⁻²⁴ and ${subnormal} subnormal; ${zeroed} were stored as zero, ${broken} were not finite.`,
    zh: `乘以损失缩放后，非零梯度中有 ${below} 小于 2⁻²⁴，${subnormal} 是次正规数；${zeroed} 被存成零，${broken} 个不是有限数。`,
  };
}
