/** What sessions that show pictures share: they are measured like the operators, and follow from parameters alone. */
import type { Check, Measurement } from '@/lab/report';
import type { Camera, Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import type { Image } from '@/lib/image';
import type { HostTensor } from '@/lib/tensor';
import { measureOperators, taskOf } from './measure';
import type { Params } from './params';

export abstract class PictureSession implements Session<Params> {
  abstract readonly tensors: readonly string[];

  constructor(
    protected readonly ctx: Context,
    protected params: Params,
  ) {}

  /** Parameters that move without a new session. */
  protected abstract readonly live: readonly string[];
  abstract step(n: number, signal: AbortSignal): Promise<Metrics>;
  abstract verify(signal: AbortSignal): Promise<readonly Check[]>;
  abstract read(name: string, signal: AbortSignal): Promise<HostTensor>;
  /** Another picture, as a camera's next frame, of any size; done when the GPU is. */
  abstract show(image: Image, signal: AbortSignal): Promise<void>;
  draw?(target: GPUTexture, camera: Camera): void;

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.some((name) => !this.live.includes(name))) return 'restart';
    this.params = params;
    return 'live';
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measureOperators(this.ctx, point, taskOf(point), signal);
  }

  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array(0));
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }
}

/** The words of a picture, [H, W], red in the lowest byte. */
export const wordsOf = ({ width, height, data }: Image): HostTensor => ({
  ...{ dtype: 'u32', shape: [height, width] },
  data: new Uint32Array(data.buffer, data.byteOffset, width * height),
});
