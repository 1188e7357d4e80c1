/** `lab op`: one operation on tensors of your own. */
import { problemOf, unsupported } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { Kernel, Problem } from '@/gpu/kernel';
import { run } from '@/gpu/run';
import { readSafetensors, writeSafetensors } from '@/lib/safetensors';
import type { DType, HostTensors, TensorSpec } from '@/lib/tensor';
import { kernelNames, loadKernel } from '@/shaders';
import { parseFixed, usage, type Words } from '../args';
import { parseAttrs } from '../attrs';
import { readBytes, writeBytes } from '../files';
import { kernelNamed, opName } from '../kernelArgs';
import type { Command, Laboratory } from '../laboratory';
import { opInputs } from '../opInputs';
import { table } from '../output';
import { adapterText } from '../reportText';

const kinds = {
  in: 'value',
  out: 'value',
  attrs: 'value',
  variant: 'value',
  dtype: 'value',
  json: 'flag',
} as const;

export const op: Command = {
  summary: 'one operation on tensors of your own (safetensors)',
  usage:
    '<name> --in a.safetensors --out b.safetensors [--attrs JSON] [--variant v] [--dtype f32|f16] [--json]',
  details: `  --attrs <JSON>   attributes, as in '{"causal": true}'
  --variant <v>    which variant computes it (default: the tuned or the kernel's own choice)
  --dtype <t>      type in which floats are stored (default: the first float input's)
  "lab list" names operations with their inputs, outputs and attributes.`,
  async run(lab, argv) {
    const words = parseFixed('op', argv, kinds, 1);
    const [name] = words.positionals;
    if (name === undefined)
      throw usage(`lab op needs an operation; there are: ${kernelNames().map(opName).join(', ')}`);
    const folder = kernelNamed(name);
    const paths = { in: needed(words, 'in'), out: needed(words, 'out') };
    const { kernel } = await loadKernel(folder);
    const attrs = parseAttrs(kernel.attrs, words.options.get('attrs'));
    const asked = dtypeOf(words);
    const given = readSafetensors(await readBytes(paths.in), paths.in);
    const { tensors, dtype } = opInputs(kernel, given, asked);
    const problem = problemOf(kernel, tensors, attrs);
    const device = await lab.device();
    const variant = await chooseVariant(lab, device, kernel, problem, words.options.get('variant'));
    lab.output.progress(`${name}: ${variant}`);
    const outputs = await run(device, kernel, tensors, attrs, { variant, signal: lab.signal });
    await writeBytes(paths.out, writeSafetensors(Object.entries(outputs)));
    const environment = await lab.environment();
    const document = {
      schema: 'tilewise.op/1',
      op: opName(folder),
      variant,
      dtype: dtype ?? null,
      attrs,
      inputs: specsOf(tensors),
      outputs: specsOf(outputs),
      environment,
    };
    const rows = Object.entries({ ...document.inputs, ...document.outputs }).map(([tensor, spec]) => [
      tensor,
      tensor in outputs ? 'out' : 'in',
      spec.dtype,
      `[${spec.shape.join(', ')}]`,
    ]);
    const text = `${document.op} / ${variant} on ${adapterText(environment)}\n${table(['tensor', '', 'type', 'shape'], rows)}`;
    lab.output.print(lab.output.json ? JSON.stringify(document) : text);
    return 0;
  },
};

function needed(words: Words, option: 'in' | 'out'): string {
  const path = words.options.get(option);
  if (path === undefined) throw usage(`lab op needs --${option} with the path of a safetensors file`);
  return path;
}

function dtypeOf(words: Words): DType | undefined {
  const dtype = words.options.get('dtype');
  if (dtype === undefined || dtype === 'f32' || dtype === 'f16') return dtype;
  throw usage(`--dtype is "${dtype}"; allowed: f32, f16`);
}

/** The one asked for, or the tuner's; where that cannot do this problem here, the first that can. */
async function chooseVariant<A>(
  lab: Laboratory,
  device: Device,
  kernel: Kernel<A>,
  problem: Problem<A>,
  asked: string | undefined,
): Promise<string> {
  // Unsupported or unknown, it is refused when it is bound.
  if (asked !== undefined) return asked;
  const { variant } = await lab.tuner.pick(device, kernel, problem);
  const runs = (name: string): boolean => unsupported(device, kernel, problem, name) === undefined;
  return runs(variant) ? variant : (Object.keys(kernel.variants).find(runs) ?? variant);
}

const specsOf = (tensors: HostTensors): Record<string, TensorSpec> =>
  Object.fromEntries(Object.entries(tensors).map(([name, { dtype, shape }]) => [name, { dtype, shape }]));
