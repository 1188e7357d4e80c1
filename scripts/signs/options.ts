/** Options of a command line that are numbers, read or refused with the usage, and one file. */
import { parseArgs } from 'node:util';

export function numberOptions<K extends string>(
  defaults: Readonly<Record<K, number>>,
  usage: string,
  file: 'out' | 'weights' = 'out',
): { readonly numbers: Record<K, number>; readonly file: string | undefined } {
  const names = Object.keys(defaults) as K[];
  const refuse = (what: string): never => {
    console.error(`${what}\n${usage}`);
    return process.exit(2);
  };
  const { values } = (() => {
    try {
      return parseArgs({
        options: {
          ...Object.fromEntries(
            names.map((name) => [name, { type: 'string' as const, default: String(defaults[name]) }]),
          ),
          [file]: { type: 'string' },
          help: { type: 'boolean', default: false },
        },
      });
    } catch (error) {
      return refuse((error as Error).message);
    }
  })();
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const given = values as unknown as Record<string, string>;
  const numbers = Object.fromEntries(
    names.map((name) => {
      const value = Number(given[name]);
      if (given[name]?.trim() && Number.isFinite(value) && value >= 0) return [name, value];
      return refuse(`--${name} ${given[name]} is no number, or is negative`);
    }),
  ) as Record<K, number>;
  return { numbers, file: given[file] };
}
