/** `lab list`: demos with their parameters, kernels with their variants and baselines. */
import type { Param } from '@/lab/schema';
import { demos } from '@/demos';
import { hasLibrary, kernelNames, loadKernel } from '@/shaders';
import { parseFixed } from '../args';
import { allowedOf } from '../attrs';
import { opName } from '../kernelArgs';
import type { Command } from '../laboratory';
import { table } from '../output';

export const list: Command = {
  summary: 'demos with their parameters, kernels with their variants and baselines',
  usage: '[--json]',
  async run(lab, argv) {
    parseFixed('list', argv, { json: 'flag' }, 0);
    const kernels = await Promise.all(kernelNames().map(describeKernel));
    const found = demos.map(({ slug, version, title, summary, params }) => ({
      slug,
      version,
      title,
      summary,
      params,
    }));
    if (lab.output.json) {
      lab.output.print(JSON.stringify({ schema: 'tilewise.list/1', demos: found, kernels, models: [] }));
      return 0;
    }
    for (const demo of found) {
      const rows = Object.entries(demo.params).map(([name, param]) => [
        `  --${name}`,
        allowedText(param),
        param.default === null ? '' : `default ${String(param.default)}`,
        param.label.en,
      ]);
      lab.output.print(
        `demo ${demo.slug}: ${demo.title.en}\n${table(['  parameter', 'allowed', '', 'what'], rows)}\n`,
      );
    }
    for (const kernel of kernels) lab.output.print(kernelText(kernel));
    return 0;
  },
};

async function describeKernel(name: string) {
  const { kernel } = await loadKernel(name);
  const { title, inputs, outputs, attrs } = kernel;
  const variants = Object.entries(kernel.variants).map(([variant, found]) => ({
    name: variant,
    title: found.title,
  }));
  const baselines = ['typescript', ...(hasLibrary(name) ? ['wasm'] : [])];
  return { name, op: opName(name), title, inputs, outputs, attrs, variants, baselines };
}

function kernelText(kernel: Awaited<ReturnType<typeof describeKernel>>): string {
  const inputs = Object.entries(kernel.inputs).map(
    ([name, a]) => `${name} ${a.shape} ${a.dtypes.join('|')}${a.optional ? ' (optional)' : ''}`,
  );
  const outputs = Object.entries(kernel.outputs).map(([name, { shape }]) => `${name} ${shape}`);
  const attrs = Object.entries(kernel.attrs).map(([name, attr]) => `${name}: ${allowedOf(attr)}`);
  const lines = [
    `kernel ${kernel.name}: ${kernel.title.en}`,
    `  lab op ${kernel.op}: ${inputs.join(', ')} → ${outputs.join(', ')}`,
    ...(attrs.length > 0 ? [`  attributes: ${attrs.join('; ')}`] : []),
    `  variants: ${kernel.variants.map(({ name }) => name).join(', ')}; baselines: ${kernel.baselines.join(', ')}`,
  ];
  return `${lines.join('\n')}\n`;
}

export function allowedText(param: Param): string {
  switch (param.kind) {
    case 'range':
      return `${param.min} … ${param.max}${param.integer ? ', whole' : ''}${param.unit ? ` ${param.unit}` : ''}`;
    case 'toggle':
      return 'true, false';
    case 'choice':
      return Object.keys(param.options).join(', ');
    case 'seed':
      return '0 … 4294967295, whole';
    case 'file':
      return `path (${param.accept})`;
  }
}
