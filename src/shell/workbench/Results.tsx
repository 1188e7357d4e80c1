/** What came of a run: errors by line, a verdict against the reference, times beside the shipped variant's. */
import type { Capabilities } from '@/gpu/capabilities';
import { sentenceOf } from '@/lib/errors';
import type { Timing, Verdict } from '@/shaders/workbench/bench';
import type { OutputCheck } from '@/shaders/workbench/judge';
import { MOST_TRIPS } from '@/shaders/workbench/limits';
import { Badge } from '@/ui/Badge';
import { count, duration, scientific, significant } from '@/ui/format';
import { useTranslation } from '../i18n';
import { useSettings } from '../settings';
import type { Ran } from './useRun';
import { useSay, type Say } from './useText';
import style from './Workbench.module.css';

interface ResultsProps {
  readonly ran: Ran;
  readonly caps: Capabilities;
  readonly goTo: (file: string, line: number) => void;
}

export function Results({ ran, caps, goTo }: ResultsProps) {
  const say = useSay();
  const { lang } = useSettings();
  const { stage, result, error, current } = ran;
  return (
    <section className={style.results} aria-label={say('results')}>
      <h2>{say('results')}</h2>
      <div aria-live="polite" aria-busy={stage !== undefined}>
        {stage && <p className={style.stage}>{say(stage)}…</p>}
        {!stage && !result && error === undefined && <p className={style.small}>{say('none')}</p>}
        {!stage && (result !== undefined || error !== undefined) && !current && (
          <p className={style.small}>{say('stale')}</p>
        )}
        {!stage && error !== undefined && (
          <p className={style.bad}>{say('failed', { why: sentenceOf(error, lang) })}</p>
        )}
        {!stage && result && <Outcome result={result} caps={caps} goTo={goTo} />}
      </div>
      <p className={style.small}>{say('limits', { most: count(MOST_TRIPS) })}</p>
    </section>
  );
}

function Outcome({ result, caps, goTo }: Omit<ResultsProps, 'ran'> & { readonly result: Verdict }) {
  const say = useSay();
  if (result.kind === 'compile') {
    const n = result.errors.length;
    return (
      <>
        <p className={style.bad}>{n === 1 ? say('compileFailedOne') : say('compileFailed', { n })}</p>
        <ul className={style.errors}>
          {result.errors.map(({ file, line, message }) => (
            <li key={`${file} ${line} ${message}`}>
              <button type="button" onClick={() => goTo(file, line)}>
                {file}
                {line > 0 && `, ${say('goto', { line })}`}
              </button>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      </>
    );
  }
  if (result.kind === 'stopped') {
    return result.loops.map(({ file, line }) => (
      <p key={`${file} ${line}`} className={style.bad}>
        {say('stopped', { file, line, most: count(result.most) })}
      </p>
    ));
  }
  if (result.kind === 'slow') {
    const { predictedMs, budgetMs } = result;
    return (
      <p className={style.bad}>{say('slow', { time: duration(predictedMs), budget: duration(budgetMs) })}</p>
    );
  }
  const { checks, timing, pass } = result;
  const worst = checks.reduce((a, b) => (b.relError / b.tolerance > a.relError / a.tolerance ? b : a));
  return (
    <>
      <p className={pass ? style.good : style.bad}>{verdictText(say, checks, worst)}</p>
      {checks.map((check) => check.firstWrong && <p key={check.output}>{wrongText(say, check)}</p>)}
      <p className={style.ratio}>{ratioText(say, timing)}</p>
      <Times timing={timing} caps={caps} />
      <Checks checks={checks} />
      {!result.reportsLoops && <p className={style.small}>{say('silent')}</p>}
    </>
  );
}

function verdictText(say: Say, checks: readonly OutputCheck[], worst: OutputCheck): string {
  const wrong = checks.find((check) => !check.pass);
  if (!wrong) return say('right', { error: scientific(worst.relError) });
  const error = wrong.notFinite > 0 ? say('unwritten') : scientific(wrong.relError);
  return say('wrong', { error, tolerance: scientific(wrong.tolerance) });
}

function wrongText(say: Say, { output, firstWrong }: OutputCheck): string {
  if (!firstWrong) return '';
  const { index, found, expected } = firstWrong;
  const place = `${output}[${index.join(', ')}]`;
  return say('firstWrong', {
    place,
    found: Number.isFinite(found) ? String(found) : say('unwritten'),
    expected: String(expected),
  });
}

function ratioText(say: Say, { yours, shipped }: Timing): string {
  if (!yours || !shipped) return say('unmeasured');
  const ratio = yours.median / shipped.median;
  // Where each median lies within the other's spread, it is no difference.
  const within = (t: typeof yours, of: typeof yours): boolean => t.median >= of.p10 && t.median <= of.p90;
  if (
    Math.abs(ratio - 1) < 0.02 ||
    (ratio < 1.25 && ratio > 0.8 && within(yours, shipped) && within(shipped, yours))
  )
    return say('asFast');
  return ratio > 1
    ? say('slower', { times: significant(ratio, 2) })
    : say('faster', { times: significant(1 / ratio, 2) });
}

function Times({ timing, caps }: { readonly timing: Timing; readonly caps: Capabilities }) {
  const say = useSay();
  const { t } = useTranslation();
  const rows = (['yours', 'shipped'] as const).map((name) => ({ name, time: timing[name] }));
  const method = timing.yours?.method ?? timing.shipped?.method;
  return (
    <>
      <table className={style.table}>
        <thead>
          <tr>
            {(['what', 'median', 'spread', 'samples'] as const).map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, time }) => (
            <tr key={name}>
              <th scope="row">
                {say(name)}{' '}
                {caps.adapterKind === 'software' && <Badge tone="warn">{t('run.software.short')}</Badge>}
              </th>
              <td>{time ? duration(time.median) : '–'}</td>
              <td>{time ? `${duration(time.p10)} – ${duration(time.p90)}` : '–'}</td>
              <td>{time ? count(time.samples) : '–'}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{say('floor')}</th>
            <td>{duration(timing.floorMs)}</td>
            <td>–</td>
            <td>–</td>
          </tr>
        </tbody>
      </table>
      <p className={style.small}>
        {method && `${t(`charts.method.${method}`)} · `}
        {say(timing.limited ? 'limited' : 'unlimited')}
      </p>
    </>
  );
}

function Checks({ checks }: { readonly checks: readonly OutputCheck[] }) {
  const say = useSay();
  const columns = ['output', 'error', 'largest', 'tolerance', 'rows'] as const;
  return (
    <table className={style.table}>
      <thead>
        <tr>
          {columns.map((key) => (
            <th key={key} scope="col">
              {say(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => (
          <tr key={check.output} data-pass={check.pass}>
            <th scope="row">
              {check.output} [{check.shape.join(', ')}]
            </th>
            <td>{check.notFinite > 0 ? say('unwritten') : scientific(check.relError)}</td>
            <td>{Number.isFinite(check.maxAbsError) ? scientific(check.maxAbsError) : say('unwritten')}</td>
            <td>{scientific(check.tolerance)}</td>
            <td>
              {count(check.rowsChecked)} / {count(check.rows)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
