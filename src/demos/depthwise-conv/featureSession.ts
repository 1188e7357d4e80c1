/** Feature maps: a picture through a network up to a chosen layer, whose channels are painted where they lie. */
import { bind, bindPlan, problemOf, reparametrise, type Bound } from '@/gpu/bind';
import { fitted, present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { download, upload, write } from '@/gpu/transfer';
import type { Check } from '@/lab/report';
import type { Camera, Context, Metrics } from '@/lab/session';
import { LabError } from '@/lib/errors';
import type { Image } from '@/lib/image';
import { byteLength, tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import type { Weighted } from '@/models/vision/description';
import { describe, folded, type LayerTensors } from '@/models/vision/graph';
import { kernel as imageNormalize } from '@/shaders/image-normalize/kernel';
import { judgeRows, verifyKernel } from '@/shaders/verify';
import { Graph, nothing, type Node } from '@/tensor/graph';
import { compile } from '@/tensor/program';
import { PictureSession, wordsOf } from './base';
import { layersOf, type LayerAbout } from './layers';
import type { Zoo } from './networks';
import { paintPlan, whole, type Maps } from './paintMaps';
import type { Params } from './params';
import { verifyPiece } from './verify';

/** Pixels of the largest picture that is painted. */
const SIDE = 1024;
/** Channels that are shown at once. */
export const MOST_MAPS = 64;
/** ImageNet's, which every checkpoint of these networks was trained with. */
const MEAN = [0.485, 0.456, 0.406];
const STD = [0.229, 0.224, 0.225];
const RESOLUTION = 224;
/** Bytes between the layers that a check keeps and reads back; of larger networks it looks at the layer shown. */
const MOST_KEPT = 64 * 2 ** 20;
/** Of each layer, held against float64. */
const ROWS = 16;
/** The same kernels on the same numbers give the same, whatever memory they share. */
const REPEATED = 1e-6;

interface Result {
  readonly scope: Scope;
  /** What `pixels` holds. */
  readonly image: Image;
  readonly pixels: DeviceTensor;
  readonly y: DeviceTensor;
  readonly paint: Bound;
  /** Everything from the pixels to y. */
  readonly record: () => Recorder;
}

export class FeatureSession extends PictureSession {
  readonly tensors = ['y'];
  protected readonly live = ['layer'];
  /** Every layer that can be looked at. */
  readonly layers: readonly Pick<LayerAbout, 'name' | 'output'>[];
  /** What a check of all layers up to each would keep. */
  private readonly keptBytes: readonly number[];
  private readonly leaves: ReadonlyMap<Weighted, { weight: DeviceTensor; bias: DeviceTensor }>;
  private readonly canvas: DeviceTensor;
  private result: Result | undefined;

  constructor(
    ctx: Context,
    params: Params,
    private image: Image,
    readonly zoo: Zoo,
    private readonly mostKept = MOST_KEPT,
  ) {
    super(ctx, params);
    const { device, scope } = ctx;
    this.canvas = scope.tensor('canvas', { dtype: 'u32', shape: [SIDE, SIDE] });
    this.leaves = new Map(
      [...zoo.weights].map(([layer, { weight, bias }]) => [
        layer,
        {
          weight: upload(device, scope, `${layer.role}.weight`, weight),
          bias: upload(device, scope, `${layer.role}.bias`, bias),
        },
      ]),
    );
    const { graph, layers } = this.describe();
    this.layers = layers;
    this.keptBytes = layers.map((layer) => bytesOf(upTo(graph, layer)));
  }

  /** Of all, the one that is looked at. */
  get at(): number {
    return Math.min(this.params.layer, this.layers.length - 1);
  }

  get maps(): Maps {
    const { shape } = this.layers[this.at]!.output;
    return { shown: Math.min(MOST_MAPS, shape[3]!), channels: shape[3]!, shape };
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    await this.runAnew(signal);
    const [, height = 0, width = 0, channels = 0] = this.maps.shape;
    return { layers: this.layers.length, 'map-height': height, 'map-width': width, 'map-channels': channels };
  }

  async show(image: Image, signal: AbortSignal): Promise<void> {
    const before = this.image;
    this.image = image;
    if (!this.result || before.width !== image.width || before.height !== image.height)
      return this.runAnew(signal);
    write(this.ctx.device, this.result.pixels, wordsOf(image));
    this.result = { ...this.result, image };
    await this.result.record().run(signal);
  }

  /** Whether all layers up to the one shown are held against float64, or that one alone. */
  get wholeIsVerified(): boolean {
    return this.keptBytes[this.at]! <= this.mostKept;
  }

  /**
   * Runs it once more with what lies between the layers kept, holds every kernel against float64 of what it was given,
   * and what is shown against what came of it.
   */
  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { ctx } = this;
    const { image, record, y } = this.current();
    // A frame may have been given up half way.
    await record().run(signal);
    const scope = ctx.scope.child('verify');
    try {
      const again = await this.build(scope, image, this.wholeIsVerified);
      await again.record().run(signal);
      const { norm, x, layer, program } = again;
      const given = Object.fromEntries(
        await Promise.all(
          Object.entries(norm.inputs).map(
            async ([name, t]) => [name, await download(ctx.device, t)] as const,
          ),
        ),
      );
      const nodes = this.wholeIsVerified ? again.nodes : [layer.node];
      const expected = { y: Float64Array.from(valuesOf(await download(ctx.device, again.y))) };
      const all = { total: 1, rows: [0], expected };
      return [
        ...(await verifyKernel(ctx, imageNormalize, given, norm.attrs, { y: x }, 'features.image', {
          signal,
        })),
        await verifyPiece(ctx, 'features.layers', { nodes }, program, signal, ROWS),
        ...(await judgeRows(ctx.device, {}, { y }, 'features', all, REPEATED)),
      ];
    } finally {
      scope.close();
    }
  }

  override draw(target: GPUTexture, camera: Camera): void {
    if (!this.result) return;
    const { device } = this.ctx;
    const { width, height } = fitted(target, SIDE);
    const plan = paintPlan(this.maps, { ...camera, width, height });
    new Recorder(device).add(reparametrise(this.result.paint, plan)).submit();
    present(device, { ...this.canvas, shape: [height, width] }, target);
  }

  async read(name: string): Promise<HostTensor> {
    if (name === 'y') return download(this.ctx.device, this.current().y);
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  /** Of the square image that the network takes. */
  private get side(): number {
    return Math.min(RESOLUTION, this.zoo.model.resolution);
  }

  /** The network's graph on an image of its own memory; the layers in it. */
  private describe(x?: DeviceTensor) {
    const graph = new Graph();
    const shape = [1, this.side, this.side, 3];
    const tensors = new Map(
      [...this.leaves].map(([layer, { weight, bias }]): [Weighted, LayerTensors] => [
        layer,
        { weight: graph.tensor(weight), bias: graph.tensor(bias) },
      ]),
    );
    // Without memory of its own it is only asked for sizes.
    const image = graph.tensor(x ?? { ...this.canvas, label: 'x', dtype: 'f32', shape });
    const { network, origin } = this.zoo;
    const described = describe(
      network,
      image,
      folded((layer) => tensors.get(layer)!),
      origin.padding,
    );
    return { graph, layers: layersOf(network, described) };
  }

  private async runAnew(signal: AbortSignal): Promise<void> {
    const { device, scope: own } = this.ctx;
    const scope = own.child('result');
    try {
      const { image } = this;
      const built = await this.build(scope, image, false);
      const ranges = scope.tensor('ranges', { dtype: 'f32', shape: [built.y.shape[3]!, 2] });
      const tensors = { y: built.y, ranges, pixels: this.canvas };
      const paint = await bindPlan(device, scope, paintPlan(this.maps, whole), tensors, 'paint');
      await built.record().run(signal);
      this.result?.scope.close();
      this.result = { ...built, scope, image, paint };
    } catch (error) {
      scope.close();
      throw error;
    }
  }

  /** From the picture's pixels to the layer; with `keepAll`, whatever is computed on the way stays to be looked at. */
  private async build(scope: Scope, image: Image, keepAll: boolean) {
    const { device } = this.ctx;
    const pixels = upload(device, scope, 'pixels', wordsOf(image));
    const [mean, std] = [MEAN, STD].map((values) =>
      upload(device, scope, 'norm', tensor('f32', [3], values)),
    );
    const { side } = this;
    const x = scope.tensor('x', { dtype: 'f32', shape: [1, side, side, 3] });
    const norm = {
      inputs: { pixels, mean: mean!, std: std! },
      attrs: { resize: side, crop: side, dtype: 'f32' } as const,
    };
    const problem = problemOf(imageNormalize, norm.inputs, norm.attrs);
    const normalize = await bind(device, scope, imageNormalize, problem, { ...norm.inputs, y: x });
    const { graph, layers } = this.describe(x);
    const layer = layers[this.at]!;
    const nodes = upTo(graph, layer);
    for (const { outputs } of keepAll ? nodes : []) for (const t of Object.values(outputs)) t.keep();
    for (const t of [layer.output, ...Object.values(layer.node.inputs)]) t.keep();
    const program = await compile({ nodes }, device, scope);
    const record = (): Recorder => program.record(new Recorder(device).add(normalize));
    return { pixels, norm, x, layer, nodes, program, y: program.memory(layer.output), record };
  }

  private current(): Result {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }
}

/** What comes after a layer is nobody's. */
const upTo = ({ nodes }: Graph, { node }: LayerAbout): Node[] =>
  nodes.slice(0, nodes.indexOf(node) + 1).filter(({ kernel }) => kernel !== nothing);

const bytesOf = (nodes: readonly Node[]): number =>
  nodes.flatMap(({ outputs }) => Object.values(outputs)).reduce((sum, t) => sum + byteLength(t), 0);
