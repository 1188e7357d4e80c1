/** Every GPU buffer belongs to a scope; closing the scope destroys it. Scopes count live and peak bytes by label. */
import { LabError } from '@/lib/errors';
import { byteLength, type TensorSpec } from '@/lib/tensor';
import { bytesText } from '@/lib/units';

export interface DeviceTensor extends TensorSpec {
  readonly label: string;
  readonly buffer: GPUBuffer;
  /** Bytes into the buffer where it starts, a multiple of 256; the rest of its last 16 bytes is its own too. */
  readonly offset?: number;
}

/** Whole vec4s, so that any accessor width may bind what takes so many bytes. */
const wholeVectors = (bytes: number): number => Math.max(16, Math.ceil(bytes / 16) * 16);
/** Bytes that are a tensor's own. */
export const ownBytes = (spec: TensorSpec): number => wholeVectors(byteLength(spec));

export interface Owner {
  readonly gpu: GPUDevice;
  /** Most bytes that may be live at once: software adapters share the host's memory. */
  readonly memoryCap: number;
}

const STORAGE = 0x80 | 0x8 | 0x4; // STORAGE | COPY_DST | COPY_SRC, as numbers: Node has no GPUBufferUsage at import

/** What the GPU answered to the making of each buffer: nothing, or that it had no memory. */
const refusals = new WeakMap<GPUBuffer, Promise<LabError | undefined>>();

/** Throws `gpu.memory` for the first of these buffers that there was no memory for. */
export async function allocated(buffers: Iterable<GPUBuffer>): Promise<void> {
  for (const buffer of buffers) {
    const refused = await refusals.get(buffer);
    if (refused) throw refused;
  }
}

export class Scope {
  live = 0;
  peak = 0;
  private readonly buffers = new Map<GPUBuffer, string>();
  private readonly children = new Set<Scope>();
  private closed = false;

  constructor(
    private readonly owner: Owner,
    readonly label: string,
    private readonly parent?: Scope,
  ) {
    parent?.children.add(this);
  }

  child(label: string): Scope {
    this.mustBeOpen();
    return new Scope(this.owner, label, this);
  }

  buffer(label: string, bytes: number, usage: GPUBufferUsageFlags = STORAGE): GPUBuffer {
    this.mustBeOpen();
    const size = wholeVectors(bytes);
    const limit = this.owner.gpu.limits.maxBufferSize;
    if (size > limit) {
      throw new LabError('gpu.limit', {
        what: label,
        needed: bytesText(size),
        limit: bytesText(limit),
        name: 'maxBufferSize',
      });
    }
    const { gpu, memoryCap } = this.owner;
    const live = this.root.live;
    const refused = (): LabError =>
      new LabError('gpu.memory', {
        ...{ what: label, needed: bytesText(size), live: bytesText(live) },
        ...{ neededBytes: size, liveBytes: live },
      });
    if (live + size > memoryCap) throw refused();
    // An error scope of its own, so that the sentence names this buffer and its size.
    gpu.pushErrorScope('out-of-memory');
    const buffer = gpu.createBuffer({ label: `${this.label}/${label}`, size, usage });
    const answer = gpu.popErrorScope().then(
      (error) => (error ? refused() : undefined),
      // A device that is lost says so itself.
      () => undefined,
    );
    refusals.set(buffer, answer);
    this.buffers.set(buffer, label);
    this.count(size);
    return buffer;
  }

  tensor(label: string, spec: TensorSpec): DeviceTensor {
    return { label, dtype: spec.dtype, shape: spec.shape, buffer: this.buffer(label, byteLength(spec)) };
  }

  /** Gives one buffer back before the scope closes. */
  release(buffer: GPUBuffer): void {
    if (!this.buffers.delete(buffer)) return;
    this.count(-buffer.size);
    buffer.destroy();
  }

  close(): void {
    if (this.closed) return;
    for (const child of [...this.children]) child.close();
    for (const buffer of [...this.buffers.keys()]) this.release(buffer);
    this.closed = true;
    this.parent?.children.delete(this);
  }

  /** Live bytes by label, this scope and those below. */
  byLabel(into = new Map<string, number>()): Map<string, number> {
    for (const [buffer, label] of this.buffers) into.set(label, (into.get(label) ?? 0) + buffer.size);
    for (const child of this.children) child.byLabel(into);
    return into;
  }

  private get root(): Scope {
    return this.parent?.root ?? this;
  }

  private count(bytes: number): void {
    this.live += bytes;
    this.peak = Math.max(this.peak, this.live);
    this.parent?.count(bytes);
  }

  private mustBeOpen(): void {
    if (this.closed) throw new Error(`scope "${this.label}" is closed`);
  }
}
