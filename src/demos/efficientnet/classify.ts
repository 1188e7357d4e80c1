/** A classifier on the GPU: pictures in, the classes of an image and where the network saw them out. */
import { bind, problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { download, upload, write } from '@/gpu/transfer';
import { sizeOf, tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { mean, std } from '@/lib/colours';
import { weightedOf } from '@/models/vision/description';
import type { Loaded } from '@/models/vision/checkpoint';
import { prepare, type Inference } from '@/models/vision/inference';
import { kernel as imageNormalize } from '@/shaders/image-normalize/kernel';
import type { OnProgress } from './latency';

export interface View {
  /** Pixels of a side that the network sees, and to which the shorter side of a picture is scaled. */
  readonly crop: number;
  readonly resize: number;
}

export interface Seen {
  /** What the network read, as colours again: rgba8 [crop, crop]. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly crop: number;
  /** Of all classes. */
  readonly probabilities: Float32Array;
  readonly logits: Float32Array;
  /** What each place of the last feature map adds to each logit: [h, w, classes]. */
  readonly maps: HostTensor;
  /** Largest |mean of a map + bias − logit|, over the norm of the logits. */
  readonly mapError: number;
}

/** How sure the network stays of a class while a grey patch covers a part. */
export interface Occlusion {
  /** Places along a side. */
  readonly side: number;
  readonly category: number;
  /** Probability with nothing covered. */
  readonly before: number;
  /** [side, side], row by row; NaN where it is still to come. */
  readonly probability: Float32Array;
}

export const softmax = (logits: ArrayLike<number>): Float32Array => {
  const most = Math.max(...Array.from(logits));
  const powers = Float32Array.from(logits, (value) => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

export class Classifier {
  private constructor(
    private readonly device: Device,
    private readonly scope: Scope,
    private readonly loaded: Loaded,
    readonly view: View,
    private readonly run: Inference,
    private readonly colours: { readonly mean: DeviceTensor; readonly std: DeviceTensor },
  ) {}

  /** Memory comes from `scope` and goes with it. */
  static async create(device: Device, scope: Scope, loaded: Loaded, view: View): Promise<Classifier> {
    const run = await prepare(device, scope, loaded, [1, view.crop, view.crop], { maps: true });
    const colours = {
      mean: upload(device, scope, 'mean', tensor('f32', [3], mean)),
      std: upload(device, scope, 'std', tensor('f32', [3], std)),
    };
    return new Classifier(device, scope, loaded, view, run, colours);
  }

  /** @param picture [H, W] words of rgba8 */
  async classify(picture: HostTensor, signal: AbortSignal): Promise<Seen> {
    const { device, run } = this;
    const { crop } = this.view;
    const scope = this.scope.child('picture');
    try {
      const attrs = { ...this.view, dtype: 'f32' } as const;
      const inputs = { pixels: picture, mean: this.colours.mean, std: this.colours.std };
      const problem = problemOf(imageNormalize, inputs, attrs);
      const pixels = upload(device, scope, 'pixels', picture);
      const bound = await bind(device, scope, imageNormalize, problem, { ...inputs, pixels, y: run.x });
      await run.program.record(new Recorder(device).add(bound)).run(signal);
      const [x, y, maps] = await Promise.all([
        download(device, run.x),
        download(device, run.logits),
        download(device, run.maps!),
      ]);
      const logits = Float32Array.from(valuesOf(y));
      return {
        ...{ crop, logits, maps, pixels: coloursOf(valuesOf(x)) },
        probabilities: softmax(logits),
        mapError: this.mapError(maps, logits),
      };
    } finally {
      scope.close();
    }
  }

  /** Covers one place after another with grey, many in a batch; `report` is told the map so far. */
  async occlude(
    category: number,
    report: (sofar: Occlusion) => void,
    progress: OnProgress,
    signal: AbortSignal,
  ): Promise<Occlusion> {
    const { device, loaded } = this;
    const { crop } = this.view;
    const image = valuesOf(await download(device, this.run.x));
    const before = softmax(valuesOf(await download(device, this.run.logits)))[category]!;
    const scope = this.scope.child('occlusion');
    try {
      const rows = Math.min(ROWS, PLACES ** 2);
      const batch = await prepare(device, scope, loaded, [rows, crop, crop]);
      const classes = loaded.network.classes;
      const probability = new Float32Array(PLACES ** 2).fill(NaN);
      for (let from = 0; from < PLACES ** 2; from += rows) {
        signal.throwIfAborted();
        progress(from, PLACES ** 2);
        const x = new Float32Array(rows * image.length);
        for (let row = 0; row < rows; row++) x.set(covered(image, crop, from + row), row * image.length);
        write(device, batch.x, tensor('f32', batch.x.shape, x));
        await batch.program.run(signal);
        const logits = valuesOf(await download(device, batch.logits));
        for (let row = 0; row < rows; row++)
          probability[from + row] = softmax(logits.subarray(row * classes, (row + 1) * classes))[category]!;
        report({ side: PLACES, category, before, probability: probability.slice() });
      }
      return { side: PLACES, category, before, probability };
    } finally {
      scope.close();
    }
  }

  private mapError(maps: HostTensor, logits: Float32Array): number {
    const last = weightedOf(this.loaded.network.head.layers).at(-1)!;
    const bias = valuesOf(new Map(this.loaded.weights).get(last)!.bias);
    const values = valuesOf(maps);
    const [, height, width, classes] = maps.shape as [number, number, number, number];
    const places = height * width;
    let worst = 0;
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (let i = 0; i < places; i++) sum += values[i * classes + c]!;
      worst = Math.max(worst, Math.abs(sum / places + bias[c]! - logits[c]!));
    }
    return worst / Math.hypot(...logits);
  }
}

/** Places along a side, and images of a batch: a divisor of all places. */
const PLACES = 8;
const ROWS = 16;
/** Of the patch, over the distance of places. */
const PATCH = 1.75;

/** The image with a patch of its mean colour, which is 0, around a place. */
export function covered(image: ArrayLike<number>, crop: number, place: number): Float32Array {
  const out = Float32Array.from(image);
  const step = crop / PLACES;
  const half = (PATCH * step) / 2;
  const range = (at: number): readonly [number, number] => [
    Math.max(0, Math.round((at + 0.5) * step - half)),
    Math.min(crop, Math.round((at + 0.5) * step + half)),
  ];
  const [top, bottom] = range(Math.floor(place / PLACES));
  const [left, right] = range(place % PLACES);
  for (let row = top; row < bottom; row++) out.fill(0, 3 * (row * crop + left), 3 * (row * crop + right));
  return out;
}

function coloursOf(x: ArrayLike<number>): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray((x.length / 3) * 4);
  for (let i = 0; i < x.length; i++) {
    const c = i % 3;
    pixels[4 * Math.floor(i / 3) + c] = 255 * (x[i]! * std[c]! + mean[c]!);
    if (c === 2) pixels[4 * Math.floor(i / 3) + 3] = 255;
  }
  return pixels;
}

/** The map of one class, [h, w]. */
export function mapOf(
  { maps }: Pick<Seen, 'maps'>,
  category: number,
): {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
} {
  const [, height, width, classes] = maps.shape as [number, number, number, number];
  const all = valuesOf(maps);
  const values = Float32Array.from(
    { length: sizeOf([height, width]) },
    (_, i) => all[i * classes + category]!,
  );
  return { height, width, values };
}
