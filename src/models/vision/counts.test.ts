import { describe, expect, test } from 'vitest';
import type { Network } from './description';
import { efficientnet, scalings, type Scaling } from './efficientnet';
import { googlenet } from './googlenet';
import { mobilenetV1 } from './mobilenetV1';
import { mobilenetV2 } from './mobilenetV2';
import { mobilenetV3 } from './mobilenetV3';
import { shufflenetV1, type Groups } from './shufflenetV1';
import { shufflenetV2, type Complexity } from './shufflenetV2';
import { squeezenet } from './squeezenet';
import { totals, trace } from './trace';

const counted = (network: Network, size = 224) => totals(trace(network, size));

describe('EfficientNet at its own resolution: parameters exactly, multiply-adds in billions as derived', () => {
  test.each<[Scaling, parameters: number, derived: number, paper: number]>([
    ['b0', 5_288_548, 0.3858, 0.39],
    ['b1', 7_794_184, 0.6868, 0.7],
    ['b2', 9_109_994, 0.9936, 1.0],
    ['b3', 12_233_232, 1.827, 1.8],
    ['b4', 19_341_616, 4.394, 4.2],
    ['b5', 30_389_784, 10.27, 9.9],
    ['b6', 43_040_704, 19.07, 19],
    ['b7', 66_347_960, 37.75, 37],
  ])('%s', (scaling, parameters, derived, paper) => {
    const found = counted(efficientnet(scaling), scalings[scaling][2]);
    expect(found.parameters).toBe(parameters);
    expect(Math.abs(found.macs / (derived * 1e9) - 1)).toBeLessThan(5e-4);
    expect(Math.abs(found.macs / (paper * 1e9) - 1)).toBeLessThan(0.05);
  });
});

describe('MobileNet at 224 × 224: parameters exactly, multiply-adds in millions as derived', () => {
  test.each<[string, Network, parameters: number, derived: number]>([
    ['V1', mobilenetV1(), 4_231_976, 568.7],
    ['V1 with full convolutions', mobilenetV1(1, 1000, 'full'), 29_294_088, 4867],
    ['V2', mobilenetV2(), 3_504_872, 300.8],
    ['V3-L', mobilenetV3('large'), 5_483_032, 216.6],
    ['V3-S', mobilenetV3('small'), 2_542_856, 56.5],
  ])('%s', (_, network, parameters, derived) => {
    const found = counted(network);
    expect(found.parameters).toBe(parameters);
    expect(Math.abs(found.macs / (derived * 1e6) - 1)).toBeLessThan(1e-3);
  });
});

test.each<[width: number, parameters: number, macs: number]>([
  [0.75, 2.59, 317],
  [0.5, 1.34, 150],
  [0.25, 0.47, 41],
])(
  'MobileNet V1 of width %s: %s M parameters, %s M multiply-adds, as published',
  (width, parameters, macs) => {
    const found = counted(mobilenetV1(width));
    expect(found.parameters / 1e6).toBeCloseTo(parameters, 1);
    expect(Math.abs(found.macs / (macs * 1e6) - 1)).toBeLessThan(0.05);
  },
);

describe('ShuffleNet V2: parameters as torchvision has them, multiply-adds within 5% of the paper', () => {
  test.each<[Complexity, parameters: number, paper: number]>([
    ['0.5', 1_366_792, 41],
    ['1.0', 2_278_604, 146],
    ['1.5', 3_503_624, 299],
    ['2.0', 7_393_996, 591],
  ])('%s', (complexity, parameters, paper) => {
    const found = counted(shufflenetV2(complexity));
    expect(found.parameters).toBe(parameters);
    expect(Math.abs(found.macs / (paper * 1e6) - 1)).toBeLessThan(0.05);
  });
});

test.each<[Groups, paper: number]>([
  [1, 143],
  [2, 140],
  [3, 137],
  [4, 133],
  [8, 137],
])('ShuffleNet in %s groups: multiply-adds within 5%% of the paper’s %s million', (groups, paper) => {
  expect(Math.abs(counted(shufflenetV1(groups)).macs / (paper * 1e6) - 1)).toBeLessThan(0.05);
});

test.each<[string, Network, parameters: number]>([
  ['SqueezeNet 1.0', squeezenet('1.0'), 1_248_424],
  ['SqueezeNet 1.1', squeezenet('1.1'), 1_235_496],
  ['GoogLeNet as torchvision has it', googlenet(), 6_624_904],
])('%s: parameters as torchvision has them', (_, network, parameters) => {
  expect(counted(network).parameters).toBe(parameters);
});

test('an inception module is the paper’s: 3a makes 256 channels of 192, its parameters in Table 1 are 159K', () => {
  const traced = trace(googlenet(1000, 5), 224).filter(({ block }) => block.name === '3.0');
  const weights = traced.reduce((sum, { macs, output: [h, w] }) => sum + macs / (h * w), 0);
  expect(traced[0]!.block.outputs).toBe(256);
  expect(Math.abs(weights / 159e3 - 1)).toBeLessThan(0.05);
});
