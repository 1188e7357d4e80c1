/** Which EfficientNet a checkpoint holds, by its shapes: any width and depth, published or not. */
import { inspect, type SafetensorsFile } from '@/lib/safetensors';
import type { Text } from '@/lib/text';
import { loadNetwork, type Loaded } from '@/models/vision/checkpoint';
import { difference } from '@/models/vision/difference';
import { scaled, scalings, type Scaling } from '@/models/vision/efficientnet';
import { modelNamed, type Model } from '@/models/vision/models';
import { timm, timmTensorflow } from '@/models/vision/names/timm';
import { efficientnet as torchvision } from '@/models/vision/names/torchvision';
import { tensorsOf } from '@/models/vision/names/names';

export interface Found extends Loaded {
  /** Pixels of a side for which it was made, where that is known. */
  readonly resolution: number | undefined;
  /** "efficientnet-b3", or its width and blocks. */
  readonly name: Text;
}

const upTo = (most: number): number[] =>
  Array.from({ length: Math.round(most / 0.05) }, (_, i) => (i + 1) / 20);
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;

/** Width and depth that every shape agrees with, or none. */
function scalesIn(file: SafetensorsFile): { width: number; depth: number } | undefined {
  const { tensors } = file;
  const classes =
    [...tensors].filter(([name]) => /^classifier\.(1\.)?weight$/.test(name))[0]?.[1].shape[0] ?? 1;
  const published = Object.values(scalings).map(([width, depth]) => ({ width, depth }));
  const agrees = ({ width, depth }: { width: number; depth: number }): boolean => {
    const network = scaled(width, depth, classes);
    return [timm, torchvision].some(
      (origin) => difference(tensorsOf(network, origin.places(network)), file) === undefined,
    );
  };
  const known = published.find(agrees);
  if (known) return known;
  // Channels alone tell the width, which the stem has, and the number of tensors the depth.
  const stem = (tensors.get('conv_stem.weight') ?? tensors.get('features.0.0.weight'))?.shape[0];
  if (stem === undefined) return undefined;
  const count = [...tensors.keys()].filter((name) => !name.endsWith('num_batches_tracked')).length;
  const widths = upTo(3).filter((width) => scaled(width, 1, 1).stem.outputs === stem);
  const depths = upTo(4).filter((depth) => {
    const network = scaled(1, depth, 1);
    return tensorsOf(network, timm.places(network)).length === count;
  });
  return widths.flatMap((width) => depths.map((depth) => ({ width, depth }))).find(agrees);
}

/** @param tensorflow weights ported from TensorFlow under timm's names, which tell nothing of that; throws what is missing */
export function efficientnetIn(bytes: Uint8Array, file: string, tensorflow: boolean): Found {
  const scales = scalesIn(inspect(bytes, file));
  const own = (Object.keys(scalings) as Scaling[]).find(
    (name) => scales && near(scalings[name][0], scales.width) && near(scalings[name][1], scales.depth),
  );
  const name = own ?? (scales ? undefined : 'b0');
  const published = name && modelNamed(`${tensorflow ? 'tf-' : ''}efficientnet-${name}`);
  const model: Model = published ?? {
    ...{
      name: `efficientnet of width ${scales!.width.toFixed(2)} and depth ${scales!.depth.toFixed(2)}`,
      resolution: 224,
    },
    origins: [tensorflow ? timmTensorflow : timm, torchvision],
    build: (classes) => scaled(scales!.width, scales!.depth, classes),
  };
  const loaded = loadNetwork(model, bytes, file);
  // Several depths round to the same layers, so blocks are counted.
  const blocks = loaded.network.stages.reduce((sum, stage) => sum + stage.blocks.length, 0);
  const width = scales?.width.toFixed(2);
  const called = published
    ? { en: model.name, zh: model.name }
    : {
        en: `EfficientNet of width ${width}, ${blocks} blocks`,
        zh: `宽度 ${width}、${blocks} 个块的 EfficientNet`,
      };
  return { ...loaded, name: called, resolution: published?.resolution };
}
