/** `lab tune`: the variants' times on this adapter; the winners are kept. */
import type { Contest } from '@/gpu/tuner';
import { Random } from '@/lib/random';
import { loadKernel } from '@/shaders';
import { parseFixed } from '../args';
import { kernelsNamed } from '../kernelArgs';
import type { Command } from '../laboratory';
import { table } from '../output';
import { adapterText } from '../reportText';
import { tuningPath } from '../tuningFile';

type Row = Omit<Contest['entries'][number], 'reason'> & {
  readonly reason?: string;
  readonly kernel: string;
  readonly case: string;
  readonly winner: boolean;
};

export const tune: Command = {
  summary: 'times the variants of kernels on this adapter and keeps the winners',
  usage: '[kernel] [--json]',
  details: '  Winners are kept in $XDG_CACHE_HOME/tilewise/tuning.json (default ~/.cache).',
  async run(lab, argv) {
    const words = parseFixed('tune', argv, { json: 'flag' }, 1);
    const names = kernelsNamed(words.positionals[0]);
    const device = await lab.device();
    const environment = await lab.environment();
    if (!lab.output.json) lab.output.print(adapterText(environment));
    const rows: Row[] = [];
    for (const kernel of names) {
      const room = await loadKernel(kernel);
      for (const timing of room.cases.timing) {
        lab.output.progress(`${kernel}: ${timing.name}`);
        const inputs = timing.inputs(new Random(1));
        const { winner, entries } = await lab.tuner.tune(
          device,
          room.kernel,
          inputs,
          timing.attrs,
          lab.signal,
        );
        const found = entries.map(({ reason, ...e }) => {
          const why = reason ? { reason: reason.en } : {};
          return { kernel, case: timing.name, winner: e.variant === winner, ...e, ...why };
        });
        rows.push(...found);
        if (!lab.output.json) lab.output.print(`\n${contestText(kernel, timing.name, found)}`);
      }
    }
    const document = { schema: 'tilewise.tune/1', environment, cache: tuningPath(), rows };
    if (lab.output.json) lab.output.print(JSON.stringify(document));
    return 0;
  },
};

function contestText(kernel: string, name: string, rows: readonly Row[]): string {
  const header = ['variant', '', 'ms', 'p10', 'p90', 'samples', 'by', 'note'];
  const cells = rows.map(({ variant, winner, timed, reason }) => {
    const time = timed?.timeMs;
    const note = reason ?? (timed && !time ? 'too fast to measure' : '');
    const mark = winner ? '◀' : '';
    return [variant, mark, time?.median, time?.p10, time?.p90, time?.samples, time?.method, note];
  });
  return `${kernel}, ${name}\n${table(header, cells)}`;
}
