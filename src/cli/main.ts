/**
 * The headless laboratory. Results on stdout, everything else on stderr. Exit status: 0 all checks passed, 1 a check
 * failed, 2 bad usage or bad input, 3 no adapter, 4 the run failed; 130 when it was cancelled.
 */
import { findDemo } from '@/demos';
import { LabError, sentenceOf } from '@/lib/errors';
import { usage } from './args';
import { check } from './commands/check';
import { allowedText, list } from './commands/list';
import { model } from './commands/model';
import { op } from './commands/op';
import { run } from './commands/run';
import { sweep } from './commands/sweep';
import { tune } from './commands/tune';
import { Laboratory, type Command } from './laboratory';
import { outputTo, table } from './output';

const commands: Readonly<Record<string, Command>> = { list, run, sweep, check, tune, op, model };

function help(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => [`  ${name}`, summary]);
  return `lab: the headless laboratory of tilewise ${__TILEWISE_VERSION__}

  lab <command> [options]      lab <command> --help      lab --version

${table(['commands', ''], rows)}

Results go to stdout, as JSON alone with --json; progress goes to stderr.
Exit status: 0 all checks passed, 1 a check failed, 2 bad usage or bad input, 3 no GPU adapter, 4 the run failed.`;
}

function helpOn(name: string, { summary, usage: words, details }: Command, argv: readonly string[]): string {
  const lines = [`lab ${name} ${words}`, '', summary, ...(details ? [details] : [])];
  const demo = name === 'run' || name === 'sweep' ? findDemo(argv[0] ?? '') : undefined;
  if (demo) {
    const rows = Object.entries(demo.params).map(([param, p]) => [
      `  --${param}`,
      allowedText(p),
      p.label.en,
    ]);
    lines.push('', table([demo.slug, 'allowed', ''], rows));
  }
  return lines.join('\n');
}

/** 3 where there is no GPU to work on, 2 where the words or the files are wrong, 4 for the rest. */
function statusOf(error: unknown): number {
  if (!(error instanceof LabError)) return 4;
  if (['gpu.adapter', 'gpu.dawn', 'gpu.missing'].includes(error.code)) return 3;
  return error.code.startsWith('gpu.') ? 4 : 2;
}

function sentence(error: unknown): string {
  // In the page a lost device is replaced; here the run ends.
  if (error instanceof LabError && error.code === 'gpu.lost') {
    return `the GPU device was lost (${String(error.values.reason)})`;
  }
  if (error instanceof LabError && error.code === 'gpu.adapter') {
    return 'no GPU adapter was found: Dawn needs a Vulkan, Metal or Direct3D 12 driver (on Debian: mesa-vulkan-drivers 25)';
  }
  // One line, whatever a driver says.
  return sentenceOf(error, 'en').replace(/\s*\n\s*/g, ' ');
}

async function main(argv: readonly string[]): Promise<number> {
  const streams = { out: process.stdout, err: process.stderr };
  const output = outputTo(streams, argv.includes('--json'));
  const cancelling = new AbortController();
  process.on('SIGINT', () => {
    // A second one ends the process where it stands.
    if (cancelling.signal.aborted) process.exit(130);
    cancelling.abort(new DOMException('cancelled', 'AbortError'));
  });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader went away, as `head` does: nobody is left to work for.
    if (error.code !== 'EPIPE') throw error;
    cancelling.abort(new DOMException('stdout was closed', 'AbortError'));
  });
  const lab = new Laboratory(output, cancelling.signal);
  try {
    return await dispatch(lab, argv);
  } catch (error) {
    if (cancelling.signal.aborted) {
      output.note('lab: cancelled');
      return 130;
    }
    output.note(`lab: ${sentence(error)}`);
    return statusOf(error);
  } finally {
    await lab.close();
  }
}

async function dispatch(lab: Laboratory, argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === '--version') {
    lab.output.print(`tilewise ${__TILEWISE_VERSION__} (${__TILEWISE_COMMIT__})`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    lab.output.print(help());
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === undefined || !command) {
    const allowed = Object.keys(commands).join(', ');
    throw usage(
      name === undefined
        ? `a command is needed: ${allowed}`
        : `there is no command "${name}"; there are: ${allowed}`,
    );
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    lab.output.print(helpOn(name, command, rest));
    return 0;
  }
  return command.run(lab, rest);
}

// Node would end with 1, which means that a check failed.
process.on('uncaughtException', (error) => {
  process.stderr.write(`lab: ${sentence(error)}\n`);
  process.exit(4);
});
// Whatever a library logs is no result.
console.log = console.error;
const status = await main(process.argv.slice(2));
// Dawn's threads would keep the process alive; what was printed must be out first.
process.stdout.write('', () => process.exit(status));
