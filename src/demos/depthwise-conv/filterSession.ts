/** A picture under a depthwise filter, at camera speed: pixels in, a convolution of four channels, pixels out. */
import { bind, bindPlan, problemOf, reparametrise, type Bound } from '@/gpu/bind';
import { f32, u32, type Plan } from '@/gpu/kernel';
import { fitted, present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { time } from '@/gpu/timing';
import { download, upload, write } from '@/gpu/transfer';
import type { Check } from '@/lab/report';
import type { Camera, Context, Metrics } from '@/lab/session';
import { LabError } from '@/lib/errors';
import type { Image } from '@/lib/image';
import { tensor, type HostTensor } from '@/lib/tensor';
import type { Conv2dAttrs } from '@/shaders/conv2d/dims';
import { kernel as conv2d } from '@/shaders/conv2d/kernel';
import { verifyKernel } from '@/shaders/verify';
import { PictureSession, wordsOf } from './base';
import { filterOf, type Filter, type Look, type Taps } from './filters';
import { depthwisesOf, windowsOf, type Zoo } from './networks';
import paintCode from './paint-filter.wgsl?raw';
import type { Params } from './params';
import unpackCode from './unpack.wgsl?raw';

/** Red, green, blue and opacity: a window over each. */
const CHANNELS = 4;
/** Pixels of the largest picture that is painted. */
const SIDE = 1024;
const ROWS = 256;

interface Result {
  readonly scope: Scope;
  readonly image: Image;
  readonly filter: Filter;
  readonly pixels: DeviceTensor;
  readonly x: DeviceTensor;
  readonly y: DeviceTensor;
  readonly unpack: Bound;
  /** One, or Sobel's two. */
  readonly convolutions: readonly Bound[];
  readonly paint: Bound;
}

export class FilterSession extends PictureSession {
  readonly tensors = ['x', 'w', 'y'];
  protected readonly live = ['filter', 'depthwise', 'channel'];
  private result: Result | undefined;
  private readonly canvas: DeviceTensor;

  constructor(
    ctx: Context,
    params: Params,
    private image: Image,
    /** Where a learned filter is asked for. */
    readonly zoo: Zoo | undefined,
  ) {
    super(ctx, params);
    this.canvas = ctx.scope.tensor('canvas', { dtype: 'u32', shape: [SIDE, SIDE] });
  }

  override update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    // A network has to be loaded first.
    return params.filter === 'learned' && !this.zoo ? 'restart' : super.update(params, changed);
  }

  /** Width over height of the picture. */
  get aspect(): number {
    return this.image.width / this.image.height;
  }

  get filter(): Filter {
    return filterOf(this.params, this.ctx.files.taps, this.windows?.[this.channel]);
  }

  /** Of the chosen depthwise layer. */
  get windows(): Taps[] | undefined {
    if (!this.zoo || this.params.filter !== 'learned') return undefined;
    const layers = depthwisesOf(this.zoo.network);
    const layer = layers[Math.min(this.params.depthwise, layers.length - 1)];
    return layer && windowsOf(this.zoo, layer);
  }

  get channel(): number {
    return Math.min(this.params.channel, (this.windows?.length ?? 1) - 1);
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    await this.filterAnew(signal);
    const { k } = this.filter.taps;
    const pixels = this.image.width * this.image.height;
    return { pixels, 'filter-macs': pixels * CHANNELS * k ** 2 * (this.filter.second ? 2 : 1) };
  }

  async show(image: Image, signal: AbortSignal): Promise<void> {
    const before = this.image;
    this.image = image;
    if (!this.result || before.width !== image.width || before.height !== image.height)
      return this.filterAnew(signal);
    this.result = { ...this.result, image };
    write(this.ctx.device, this.result.pixels, wordsOf(image));
    await this.record(this.result).run(signal);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { filter, x, y } = this.current();
    const inputs = { x: await download(this.ctx.device, x), w: weightOf(filter.taps) };
    const options = { rows: ROWS, signal };
    return verifyKernel(this.ctx, conv2d, inputs, attrs, { y }, 'filter', options);
  }

  /** What of a frame's time is the filter's. */
  async assess(signal: AbortSignal): Promise<Metrics> {
    const { convolutions } = this.current();
    const bound = { ...convolutions[0]!, passes: convolutions.flatMap(({ passes }) => passes) };
    const [timed] = await time(this.ctx.device, [{ name: 'filter', bound }], { signal, budgetMs: 500 });
    return timed?.timeMs ? { 'filter-time': timed.timeMs.median } : {};
  }

  override draw(target: GPUTexture, camera: Camera): void {
    this.drawSplit(target, camera, 0.5);
  }

  /** Before on the left of `split`, in [0, 1]; after on the right. */
  drawSplit(target: GPUTexture, camera: Camera, split: number): void {
    if (!this.result) return;
    const { device } = this.ctx;
    const { image, filter, paint } = this.result;
    const { width, height } = fitted(target, SIDE);
    const plan = paintPlan(image, filter.look, { ...camera, width, height }, split);
    new Recorder(device).add(reparametrise(paint, plan)).submit();
    present(device, { ...this.canvas, shape: [height, width] }, target);
  }

  async read(name: string): Promise<HostTensor> {
    const { filter, x, y } = this.current();
    if (name === 'w') return weightOf(filter.taps);
    if (name === 'x' || name === 'y') return download(this.ctx.device, { x, y }[name]);
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  private record({ unpack, convolutions }: Result): Recorder {
    const recorder = new Recorder(this.ctx.device).add(unpack);
    for (const convolution of convolutions) recorder.add(convolution);
    return recorder;
  }

  /** Binds everything for the picture's size and the filter, and runs it. */
  private async filterAnew(signal: AbortSignal): Promise<void> {
    const { ctx, image, filter } = this;
    const { device } = ctx;
    const { width, height } = image;
    const scope = ctx.scope.child('result');
    try {
      const pixels = upload(device, scope, 'pixels', wordsOf(image));
      const x = scope.tensor('x', { dtype: 'f32', shape: [1, height, width, CHANNELS] });
      const unpack = await bindPlan(device, scope, unpackPlan(width * height), { pixels, x }, 'unpack');
      const found = await Promise.all(
        [filter.taps, ...(filter.second ? [filter.second] : [])].map(async (taps) => {
          const w = upload(device, scope, 'w', weightOf(taps));
          const problem = problemOf(conv2d, { x, w }, attrs);
          const { y } = makeOutputs(device, scope, problem.outputs);
          const { variant } = await ctx.tuner.pick(device, conv2d, problem);
          return { y: y!, bound: await bind(device, scope, conv2d, problem, { x, w, y: y! }, variant) };
        }),
      );
      const y = found[0]!.y;
      const first = paintPlan(image, filter.look, whole, 0.5);
      const tensors = { x, y, z: found[1]?.y ?? y, pixels: this.canvas };
      const paint = await bindPlan(device, scope, first, tensors, 'paint');
      const convolutions = found.map(({ bound }) => bound);
      const result = { scope, image, filter, pixels, x, y, unpack, convolutions, paint };
      await this.record(result).run(signal);
      this.result?.scope.close();
      this.result = result;
    } catch (error) {
      scope.close();
      throw error;
    }
  }

  private current(): Result {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }
}

/** Zeros around the picture. */
const attrs: Conv2dAttrs = { stride: 1, dilation: 1, padding: 'same', groups: CHANNELS, activation: 'none' };
const whole: Camera = { x: 0.5, y: 0.5, zoom: 1, width: 1, height: 1, dark: false };

/** The same window over each channel. */
const weightOf = ({ k, values }: Taps): HostTensor =>
  tensor('f32', [CHANNELS, 1, k, k], Array.from({ length: CHANNELS }, () => values).flat());

const unpackPlan = (count: number): Plan => ({
  passes: [
    {
      shader: { file: 'demos/depthwise-conv/unpack.wgsl', code: unpackCode },
      params: { count: u32(count) },
      bindings: [
        { name: 'pixels', access: 'read' },
        { name: 'x', access: 'read_write', vec: 4 },
      ],
      groups: Math.ceil(count / 64),
      flops: 4 * count,
    },
  ],
});

const looks: readonly Look[] = ['colour', 'signed', 'length'];

function paintPlan(image: Image, look: Look, { x, y, zoom, width, height }: Camera, split: number): Plan {
  const half = 0.5 / zoom;
  return {
    passes: [
      {
        shader: { file: 'demos/depthwise-conv/paint-filter.wgsl', code: paintCode },
        params: {
          ...{ width: u32(width), height: u32(height), w: u32(image.width), h: u32(image.height) },
          ...{ left: f32(x - half), top: f32(y - half), span: f32(2 * half) },
          ...{ split: f32(split), look: u32(looks.indexOf(look)) },
        },
        bindings: [
          { name: 'x', access: 'read', vec: 4 },
          { name: 'y', access: 'read', vec: 4 },
          { name: 'z', access: 'read', vec: 4 },
          { name: 'pixels', access: 'read_write' },
        ],
        groups: Math.ceil((width * height) / 64),
        flops: 30 * width * height,
      },
    ],
  };
}
