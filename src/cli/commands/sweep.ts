/** `lab sweep`: a run for each value of one parameter. */
import { passed } from '@/lab/buildReport';
import type { DemoDecl } from '@/lab/demo';
import type { RunReport } from '@/lab/report';
import type { Value } from '@/lab/schema';
import { parse, strict, type Raw } from '@/lab/validate';
import { LabError, sentenceOf } from '@/lib/errors';
import { usage } from '../args';
import { parseDemoWords, readFiles } from '../demoArgs';
import type { Command } from '../laboratory';
import { cellText, table, type Cell } from '../output';
import { adapterText } from '../reportText';
import { runOnce } from '../runOnce';

interface Axis {
  readonly param: string;
  readonly texts: readonly string[];
  readonly values: readonly Value[];
}

type Point = RunReport | { readonly error: string; readonly code: string };

export const sweep: Command = {
  summary: 'a run for each of several values of one parameter',
  usage: '<demo> --<param> a,b,c [--<other> <value> …] [--json]',
  details: '  A point that does not fit is an entry with its error, not an end.',
  async run(lab, argv) {
    const { demo, raw } = parseDemoWords('sweep', argv, { json: 'flag' });
    const axis = axisOf(demo, raw);
    const read = await readFiles(demo, raw);
    // What is wrong at every point is bad usage; what a rule forbids at one is that point's entry.
    const others = Object.fromEntries(
      Object.entries({ ...raw, ...read.raw }).filter(([name]) => name !== axis.param),
    );
    for (const [name, text] of Object.entries(others)) expectValue(demo, name, text);
    const runs: Point[] = [];
    for (const [i, text] of axis.texts.entries()) {
      lab.output.progress(`${axis.param} ${text} (${i + 1} of ${axis.texts.length})`);
      try {
        const params = strict(demo, { ...others, [axis.param]: text });
        runs.push((await runOnce(lab, demo, { params, files: read.files }, false)).report);
      } catch (error) {
        lab.signal.throwIfAborted();
        if (error instanceof LabError && (error.code === 'gpu.adapter' || error.code === 'gpu.dawn'))
          throw error;
        runs.push({
          error: sentenceOf(error, 'en'),
          code: error instanceof LabError ? error.code : 'internal',
        });
      }
    }
    const document = { schema: 'tilewise.sweep/1', axis: { param: axis.param, values: axis.values }, runs };
    lab.output.print(lab.output.json ? JSON.stringify(document) : sweepText(axis, runs));
    const reports = runs.filter((point) => 'checks' in point);
    if (!reports.every(passed)) return 1;
    return reports.length > 0 ? 0 : 4;
  },
};

/** The one parameter with several values; where only one parameter is given, that one. */
function axisOf(demo: DemoDecl, raw: Raw): Axis {
  const names = Object.keys(raw).filter((name) => demo.params[name]?.kind !== 'file');
  const listed = names.filter((name) => raw[name]?.includes(','));
  const [param, second] = listed.length === 0 && names.length === 1 ? names : listed;
  if (param === undefined)
    throw usage('lab sweep needs one parameter with several values, as in --n 256,512');
  if (second !== undefined)
    throw usage(`lab sweep varies one parameter; --${param} and --${second} both have several values`);
  const texts = raw[param]!.split(',');
  return { param, texts, values: texts.map((text) => expectValue(demo, param, text)) };
}

function expectValue(demo: DemoDecl, name: string, text: string): Value {
  const { value, allowed } = parse(demo.params[name]!, text);
  if (allowed) throw usage(`--${name}: "${text.slice(0, 40)}" is not possible; allowed: ${allowed.en}`);
  return value;
}

/** Rows are points, columns the median time and the peak memory of every line. */
function sweepText(axis: Axis, runs: readonly Point[]): string {
  const measured = runs.flatMap((point) => ('measurements' in point ? point.measurements : []));
  const lines = [...new Set(measured.map(lineOf))];
  const rows = runs.map((point, i): Cell[] => {
    const value = axis.texts[i];
    if (!('measurements' in point)) return [value, `error: ${point.error}`];
    const cells = lines.map((line): Cell => {
      const m = point.measurements.find((found) => lineOf(found) === line);
      return m && `${m.timeMs ? cellText(m.timeMs.median) : '–'} ms, ${cellText(m.peakBytes / 2 ** 20)} MiB`;
    });
    return [value, ...cells];
  });
  const first = runs.find((point) => 'environment' in point);
  const head = first ? `${first.demo}\n${adapterText(first.environment)}\n\n` : '';
  return head + table([axis.param, ...lines], rows);
}

const lineOf = (m: RunReport['measurements'][number]): string => `${m.name} ${m.variant} ${m.dtype}`;
