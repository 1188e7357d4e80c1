/** What is taken for a checkpoint and what is refused, in words. */
import { describe, expect, test } from 'vitest';
import { LabError } from '@/lib/errors';
import { writeSafetensors } from '@/lib/safetensors';
import { convert, tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { loadNetwork, type Loaded } from './checkpoint';
import { weightedOf } from './description';
import { madeWeights } from './made';
import { modelNamed, models } from './models';
import { tensorsOf } from './names/names';

const model = modelNamed('mobilenet-v2-x0.35')!;

function checkpoint(name: 'timm' | 'torchvision', classes = 4): Map<string, HostTensor> {
  const network = model.build(classes);
  const origin = model.origins.find((o) => o.name === name)!;
  return new Map(madeWeights(1, tensorsOf(network, origin.places(network)), 2));
}
const loaded = (tensors: Iterable<readonly [string, HostTensor]>): Loaded =>
  loadNetwork(model, writeSafetensors(tensors), 'w.safetensors');
function refusal(tensors: Iterable<readonly [string, HostTensor]>): LabError {
  try {
    loaded(tensors);
  } catch (error) {
    if (error instanceof LabError) return error;
  }
  throw new Error('it was taken');
}

/** Of the first layer, folded. */
const stemOf = ({ network, weights }: Loaded): number[] => {
  const { weight, bias } = weights.get(weightedOf(network.stem.layers)[0]!)!;
  return [...valuesOf(weight), ...valuesOf(bias)];
};

describe('names tell where a checkpoint comes from', () => {
  test.each(['timm', 'torchvision'] as const)('%s', (name) => {
    const { origin, network } = loaded(checkpoint(name));
    expect(origin.name).toBe(name);
    expect(network.classes).toBe(4);
  });

  test.each(models.filter(({ origins }) => origins.length > 1).map((m) => [m.name, m] as const))(
    '%s: no name is both',
    (_, { origins, build }) => {
      const network = build(7);
      const [a, b] = origins.map((origin) => tensorsOf(network, origin.places(network)));
      expect(a!.length).toBe(b!.length);
      const names = new Set(a!.map(({ name }) => name));
      const both = b!.map(({ name }) => name).filter((name) => names.has(name));
      expect(both.length).toBeLessThan(a!.length / 20);
    },
  );

  test('EfficientNet B0 has 311 tensors', () => {
    const { build, origins } = modelNamed('efficientnet-b0')!;
    const network = build(1000);
    const names = tensorsOf(network, origins[0]!.places(network)).map(({ name }) => name);
    expect(names).toHaveLength(311);
    for (const name of [
      'conv_stem.weight',
      'blocks.0.0.conv_pw.weight',
      'blocks.1.0.conv_pwl.weight',
      'blocks.1.1.se.conv_reduce.bias',
      'blocks.6.0.bn3.running_var',
      'bn2.weight',
    ])
      expect(names).toContain(name);
  });
});

test('a batch norm goes into the weights: γ·(w·x − μ)/√(σ² + ε) + β', () => {
  const file = checkpoint('torchvision');
  const value = (part: string, i: number): number => valuesOf(file.get(`features.0.${part}`)!)[i]!;
  const scale = value('1.weight', 1) / Math.sqrt(value('1.running_var', 1) + 1e-5);
  const { network, weights } = loaded(file);
  const { weight, bias } = weights.get(weightedOf(network.stem.layers)[0]!)!;
  expect(valuesOf(weight)[27 + 5]).toBe(Math.fround(value('0.weight', 27 + 5) * scale));
  expect(valuesOf(bias)[1]).toBe(Math.fround(value('1.bias', 1) - value('1.running_mean', 1) * scale));
});

describe('types of tensors', () => {
  test('half precision is as good as what it was rounded to', () => {
    const halves = [...checkpoint('timm')].map(([name, t]) => [name, convert(t, 'f16')] as const);
    const rounded = halves.map(([name, t]) => [name, convert(t, 'f32')] as const);
    expect(stemOf(loaded(halves))).toEqual(stemOf(loaded(rounded)));
  });

  test('counts of batches are left out; other whole numbers are refused', () => {
    const counted = checkpoint('timm').set('bn1.num_batches_tracked', tensor('i32', [], [7]));
    expect(loaded(counted).network.classes).toBe(4);
    const whole = checkpoint('timm').set('bn1.bias', tensor('i32', [16], new Float32Array(16)));
    expect(refusal(whole).message).toContain(
      '1 of another shape or type (bn1.bias is I32 [16], needed: [16]',
    );
  });
});

describe('refused', () => {
  test('what is missing is listed', () => {
    const file = checkpoint('torchvision');
    file.delete('features.3.conv.2.weight');
    file.delete('classifier.1.bias');
    const { code, message } = refusal(file);
    expect(code).toBe('checkpoint.network');
    expect(message).toBe(
      "w.safetensors does not hold mobilenet-v2-x0.35 by torchvision's names: " +
        '2 missing (features.3.conv.2.weight, classifier.1.bias)',
    );
  });

  test('what is too much or of another shape, in both languages', () => {
    const file = checkpoint('timm')
      .set('conv_stem.weight', tensor('f32', [16, 3, 5, 5], new Float32Array(1200)))
      .set('blocks.9.0.conv_dw.weight', tensor('f32', [1], [1]));
    const error = refusal(file);
    expect(error.message).toContain(
      '1 of another shape or type (conv_stem.weight is F32 [16, 3, 5, 5], needed: [16, 3, 3, 3] of floats)',
    );
    expect(error.message).toContain('1 unknown (blocks.9.0.conv_dw.weight)');
    expect(error.sentence('zh')).toContain('多余 1 个（blocks.9.0.conv_dw.weight）');
  });

  test('another network altogether: the first names, and how many more', () => {
    const { message } = refusal([['wte', tensor('f32', [2], [1, 2])]]);
    expect(message).toContain('262 missing (conv_stem.weight, ');
    expect(message).toContain(', and 256 more); 1 unknown (wte)');
  });
});
