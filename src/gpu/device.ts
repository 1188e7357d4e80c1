/** One WebGPU device with everything that must outlive a session: pipelines, parameter ring, paces, memory count. */
import { LabError } from '@/lib/errors';
import { capabilitiesOf, type Capabilities } from './capabilities';
import { Pace } from './pace';
import { Pipelines } from './pipelines';
import { RING_SLOTS, SLOT_BYTES, TIMED_PASSES } from './ring';
import { Scope } from './scope';

const wanted: readonly GPUFeatureName[] = ['shader-f16', 'subgroups', 'timestamp-query'];

export interface OpenOptions {
  /** Features to leave out even where present (peers and tests need such devices). */
  readonly without?: readonly GPUFeatureName[];
  /** Default 4 GiB on a software adapter (it is the host's memory), else no cap but the GPU's. */
  readonly memoryCap?: number;
}

export class Device {
  /** Parent of every session's scope: back to zero when nothing runs. */
  readonly root: Scope;
  /** What the device itself keeps. */
  readonly runtime: Scope;
  readonly pipelines: Pipelines;
  readonly pace: Pace;
  readonly ring: GPUBuffer;
  readonly queries:
    { readonly set: GPUQuerySet; readonly resolved: GPUBuffer; readonly readable: GPUBuffer } | undefined;
  /** One timed recording at a time: they share the query set. */
  timing: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly gpu: GPUDevice,
    readonly caps: Capabilities,
    readonly memoryCap: number,
  ) {
    this.root = new Scope({ gpu, memoryCap }, 'device');
    this.runtime = new Scope({ gpu, memoryCap: Infinity }, 'runtime');
    this.pipelines = new Pipelines(gpu);
    this.pace = new Pace(caps.adapterKind === 'hardware' ? 2e11 : 5e8);
    this.ring = this.runtime.buffer(
      'parameter ring',
      RING_SLOTS * SLOT_BYTES,
      GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    );
    this.queries = caps.timestamps
      ? {
          set: gpu.createQuerySet({ type: 'timestamp', count: 2 * TIMED_PASSES }),
          resolved: this.runtime.buffer(
            'timestamps',
            16 * TIMED_PASSES,
            GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
          ),
          readable: this.runtime.buffer(
            'timestamps',
            16 * TIMED_PASSES,
            GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
          ),
        }
      : undefined;
  }

  /** Throws `gpu.adapter` where the system has none. */
  static async open(gpu: GPU, { without = [], memoryCap }: OpenOptions = {}): Promise<Device> {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw new LabError('gpu.adapter');
    const requiredLimits: Record<string, number> = {};
    for (const name in adapter.limits) {
      const value: unknown = adapter.limits[name as keyof GPUSupportedLimits];
      // The subgroup sizes appear among the limits of some versions and cannot be asked for.
      if (typeof value === 'number' && !/subgroup/i.test(name)) requiredLimits[name] = value;
    }
    const device = await adapter.requestDevice({
      requiredFeatures: wanted.filter(
        (feature) => adapter.features.has(feature) && !without.includes(feature),
      ),
      requiredLimits,
    });
    const caps = capabilitiesOf(device, adapter.info);
    return new Device(device, caps, memoryCap ?? (caps.adapterKind === 'hardware' ? Infinity : 4 * 2 ** 30));
  }

  get lost(): Promise<GPUDeviceLostInfo> {
    return this.gpu.lost;
  }

  /**
   * Runs `make`, which creates bind groups or pipelines, and turns what the GPU objects to into a sentence.
   * Nothing else may be created on this device meanwhile: error scopes nest by time.
   */
  async guard<T>(make: () => T): Promise<T> {
    this.gpu.pushErrorScope('validation');
    let made: T;
    let objection: Promise<GPUError | null>;
    try {
      made = make();
    } finally {
      objection = this.gpu.popErrorScope();
    }
    const invalid = await objection;
    if (invalid) throw new LabError('gpu.validation', { message: invalid.message });
    return made;
  }

  close(): void {
    this.root.close();
    this.runtime.close();
    this.queries?.set.destroy();
    this.gpu.destroy();
  }
}
