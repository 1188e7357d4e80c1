/** `lab run`: one run of a demo and its report. */
import { parseReport, passed, rawOf } from '@/lab/buildReport';
import { writeSafetensors } from '@/lib/safetensors';
import type { DemoDecl } from '@/lab/demo';
import type { Raw } from '@/lab/validate';
import { usage } from '../args';
import { parseDemoWords, readInput } from '../demoArgs';
import { readBytes, writeBytes } from '../files';
import type { Command } from '../laboratory';
import { reportText } from '../reportText';
import { runOnce } from '../runOnce';

export const run: Command = {
  summary: 'one run of a demo: its result checked, measured, reported',
  usage: '<demo> [--<param> <value> …] [--from report.json] [--out tensors.safetensors] [--json]',
  details: `  --from <report>   take the parameters of an earlier run; those given beside it win
  --out <file>      write the demo's tensors
  A file parameter takes a path. "lab run <demo> --help" lists the parameters.`,
  async run(lab, argv) {
    const { demo, own, raw } = parseDemoWords('run', argv, { from: 'value', out: 'value', json: 'flag' });
    const input = await readInput(demo, { ...(await rawFrom(demo, own.get('from'), raw)), ...raw });
    const out = own.get('out');
    const { report, tensors } = await runOnce(lab, demo, input, out !== undefined);
    if (out !== undefined) await writeBytes(out, writeSafetensors(tensors));
    lab.output.print(lab.output.json ? JSON.stringify(report) : reportText(report));
    return passed(report) ? 0 : 1;
  },
};

/** A report names files by their hash; their bytes must come from a path. */
async function rawFrom(demo: DemoDecl, path: string | undefined, given: Raw): Promise<Raw> {
  if (path === undefined) return {};
  const report = parseReport(new TextDecoder().decode(await readBytes(path)), path);
  if (report.demo !== demo.slug)
    throw usage(`${path} is a report of "${report.demo}", not of "${demo.slug}"`);
  for (const [param, { name = 'a file', sha256 }] of Object.entries(report.files)) {
    if (!Object.hasOwn(given, param)) {
      throw usage(`${path} was made with ${name} (sha256 ${sha256}); give its path with --${param}`);
    }
  }
  return rawOf(report);
}
