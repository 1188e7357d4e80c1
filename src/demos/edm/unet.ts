/** The U-Net as a walk's denoiser: EDM's preconditioning is linear in x and F, so F is given as it is and stages say the rest. */
import { bind, problemOf, reparametrise } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { upload, write } from '@/gpu/transfer';
import { inspect } from '@/lib/safetensors';
import { tensor } from '@/lib/tensor';
import { edmAt } from '@/methods/diffusion/preconditioning';
import type { Step } from '@/methods/diffusion/samplers';
import type { DeviceDenoiser } from '@/methods/diffusion/walk';
import { FEATURES, noiseFeatures, unet } from '@/models/unet';
import { kernel as elementwise } from '@/shaders/elementwise/kernel';
import type { Row, Stage } from '@/shaders/lib/stages';
import { readCheckpoint } from '@/tensor/checkpoint';
import { forward } from '@/tensor/forward';
import { fill, flat, layoutOf } from '@/tensor/parameters';

export interface UnetOptions {
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly file: string;
  /** The digit of each image. */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly program: readonly Step[];
}

/** @param x [rows, size, size, 1] */
export async function unetDenoiser(
  device: Device,
  scope: Scope,
  { weights: bytes, file, labels, program }: UnetOptions,
  x: DeviceTensor,
): Promise<DeviceDenoiser> {
  const [rows, size] = x.shape as [number, number];
  const channels = inspect(bytes, file).tensors.get('stem.weight')?.shape[0] ?? 16;
  const network = unet({ rows, size, channels, classes: 10 });
  const layout = layoutOf(network.parameters);
  const weights = flat(scope, 'weights', 'f32', layout);
  fill(device, weights.whole, readCheckpoint(layout, bytes, file));
  const { targets: _none, ...specs } = network.inputs;
  const made = await forward(device, scope, specs, weights, (weight, inputs) => ({
    F: network.output(weight, inputs),
  }));
  const { x: input, noise, labels: classes } = made.inputs;
  write(device, classes!, tensor('i32', [rows], labels));
  // What is known of the level, for each evaluation in turn.
  const levels = program.flatMap(({ stages }) => stages.filter(({ evaluates }) => evaluates));
  const features = new Map(levels.map((stage) => [keyOf(stage), edmAt(stage).noise]));
  const each = [...features].map(([, value]) => noiseFeatures(value));
  const known = upload(
    device,
    scope,
    'noise features',
    tensor(
      'f32',
      [each.length, rows, FEATURES],
      Float32Array.from(each.flatMap((one) => Array.from({ length: rows }, () => [...one]).flat())),
    ),
  );
  const place = new Map([...features.keys()].map((key, i) => [key, i]));
  const scale = (alpha: number) =>
    problemOf(elementwise, { a: x }, { op: 'scale', alpha, dtype: 'same' } as const);
  const scaled = await bind(device, scope, elementwise, scale(1), { a: x, y: input! });
  const bytesOfRow = 4 * rows * FEATURES;
  return {
    output: made.outputs.F,
    record(recorder, stage) {
      const plan = elementwise.variants[scaled.variant]!.plan(scale(edmAt(stage).input), device.caps);
      recorder
        .copy(known.buffer, noise!.buffer, bytesOfRow, place.get(keyOf(stage))! * bytesOfRow, 0)
        .add(reparametrise(scaled, plan));
      made.program.record(recorder);
    },
    rewrite(stage: Stage) {
      if (!stage.evaluates) return stage;
      const { skip, out } = edmAt(stage);
      const inF = ([x, h, a, d, z]: Row): Row => [x + d * skip, h, a, d * out, z];
      return { ...stage, x: inF(stage.x), h: inF(stage.h), a: inF(stage.a) };
    },
  };
}

const keyOf = ({ s, std }: Stage): string => `${s} ${std}`;
