/** Compiles pipelines asynchronously, caches them by source, and maps compile errors to the file's own lines. */
import { LabError } from '@/lib/errors';
import type { Source } from './header';
import type { Binding } from './kernel';
import { SLOT_BYTES } from './ring';

export interface Compiled {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  /** The first compilation's time; a cached pipeline keeps it. */
  readonly compileMs: number;
}

/** Whose plan a pass is of. */
export interface Origin {
  readonly kernel: string;
  readonly variant: string;
}

export interface Compilation {
  readonly file: string;
  readonly code: string;
  /** Unknown where a plan was bound that is no variant of a kernel. */
  readonly origin: Origin | undefined;
}

export class Pipelines {
  private readonly cache = new Map<string, Promise<Compiled>>();
  private readonly seen = new Map<string, Compilation>();

  constructor(private readonly gpu: GPUDevice) {}

  get(source: Source, entry: string, bindings: readonly Binding[], origin?: Origin): Promise<Compiled> {
    const key = `${entry}\n${source.code}`;
    let compiled = this.cache.get(key);
    if (!compiled) {
      compiled = this.compile(source, entry, bindings);
      this.cache.set(key, compiled);
      const file = source.files.at(-1)?.file ?? entry;
      this.seen.set(file, { file, code: source.code, origin });
      compiled.catch(() => this.cache.delete(key));
    }
    return compiled;
  }

  /** The WGSL that really ran, latest last, by file. */
  sources(): readonly Compilation[] {
    return [...this.seen.values()];
  }

  private async compile(source: Source, entryPoint: string, bindings: readonly Binding[]): Promise<Compiled> {
    const started = performance.now();
    const layout = this.gpu.createBindGroupLayout({
      entries: [
        {
          binding: 0,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: 'uniform', hasDynamicOffset: true, minBindingSize: SLOT_BYTES },
        },
        ...bindings.map(({ access }, i) => ({
          binding: i + 1,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: access === 'read' ? ('read-only-storage' as const) : ('storage' as const) },
        })),
      ],
    });
    this.gpu.pushErrorScope('validation');
    const module = this.gpu.createShaderModule({ code: source.code });
    const invalid = this.gpu.popErrorScope();
    const pipelineLayout = this.gpu.createPipelineLayout({ bindGroupLayouts: [layout] });
    const made = this.gpu.createComputePipelineAsync({
      layout: pipelineLayout,
      compute: { module, entryPoint },
    });
    try {
      const [pipeline] = await Promise.all([made, invalid]);
      return { pipeline, layout, compileMs: performance.now() - started };
    } catch (error) {
      throw await mapped(source, module, error);
    }
  }
}

async function mapped(source: Source, module: GPUShaderModule, error: unknown): Promise<LabError> {
  const { messages } = await module.getCompilationInfo();
  const first = messages.find((message) => message.type === 'error');
  const message = first?.message ?? (error instanceof Error ? error.message : String(error));
  return new LabError('gpu.compile', { ...place(source, first?.lineNum ?? 0), message });
}

/** The file and its own line, of a line of the assembled source; line 0 is the pass's own file as a whole. */
export function place(source: Source, line: number): { file: string; line: number } {
  if (line <= 0) return { file: source.files.at(-1)?.file ?? '', line: 0 };
  const part = source.files.findLast((file) => file.line <= line) ?? source.files[0];
  return part ? { file: part.file, line: Math.max(0, line - part.line + 1) } : { file: '', line };
}
