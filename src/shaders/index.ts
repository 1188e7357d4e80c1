/** Every kernel, found by its folder; rooms are loaded on demand. */
import { LabError } from '@/lib/errors';
import type { Baseline, BaselineInput, Cases, Kernel, KernelRoom, Reference } from '@/gpu/kernel';

type Attrs = Record<string, unknown>;
const kernels = import.meta.glob<{ kernel: Kernel }>('./*/kernel.ts');
const references = import.meta.glob<{ reference: Reference<Attrs> }>('./*/reference.ts');
const baselines = import.meta.glob<{ baseline: Baseline<Attrs> }>('./*/baseline.ts');
const libraries = import.meta.glob<{ wasm: Library }>('./*/wasm.ts');
const cases = import.meta.glob<{ cases: Cases<Attrs> }>('./*/cases.ts');

/** `wasm.ts`: the whole operation by a WASM SIMD library; optional in a room. */
export interface Library<A = Attrs> {
  /** For people: "TensorFlow.js WASM 4.22.0". */
  readonly title: string;
  prepare(
    inputs: Readonly<Record<string, BaselineInput>>,
    attrs: A,
  ): Promise<() => Promise<ReturnType<Baseline<A>>>>;
}

export const kernelNames = (): string[] =>
  Object.keys(kernels)
    .map((path) => path.split('/')[1] ?? '')
    .sort();

async function load<T>(modules: Record<string, () => Promise<T>>, name: string, file: string): Promise<T> {
  const found = modules[`./${name}/${file}.ts`];
  if (!found) throw new LabError('kernel.unknown', { name, allowed: kernelNames().join(', ') });
  return found();
}

export const loadReference = async (name: string): Promise<Reference<Attrs>> =>
  (await load(references, name, 'reference')).reference;
export const loadBaseline = async (name: string): Promise<Baseline<Attrs>> =>
  (await load(baselines, name, 'baseline')).baseline;
export const hasLibrary = (name: string): boolean => `./${name}/wasm.ts` in libraries;
export const loadLibrary = async (name: string): Promise<Library> =>
  (await load(libraries, name, 'wasm')).wasm;

export async function loadKernel(name: string): Promise<KernelRoom> {
  const { kernel } = await load(kernels, name, 'kernel');
  const [reference, baseline, found] = await Promise.all([
    loadReference(name),
    loadBaseline(name),
    load(cases, name, 'cases'),
  ]);
  return { kernel, reference, baseline, cases: found.cases };
}
