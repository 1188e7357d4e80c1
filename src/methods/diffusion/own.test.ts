/** Files of the reader's own become mixtures that are like them; what is wrong with one is said by row and column. */
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { clustered } from './cluster';
import { drawingBytes, mixtureOfDrawing, parseDrawing, type Stroke } from './drawing';
import { denoise, sample, spreadOf, type Mixture } from './mixture';
import { mixtureOfFile } from './own';
import { centred, parsePoints } from './pointSet';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const total = (mixture: Mixture): number => mixture.reduce((sum, { weight }) => sum + weight, 0);
const meanOf = (mixture: Mixture, axis: 0 | 1): number =>
  mixture.reduce((sum, { weight, mean }) => sum + weight * mean[axis], 0) / total(mixture);

describe('points as CSV', () => {
  test.each([
    ['x,y\n1,2\n3,4\n', [1, 2, 3, 4]],
    ['1;2\n3;−4', [1, 2, 3, -4]],
    ['\uFEFF"1"\t"2"\r\n\r\n 3 \t4', [1, 2, 3, 4]],
    ['1 2\n3   4e0\n', [1, 2, 3, 4]],
  ])('%j', (text, wanted) => {
    expect([...parsePoints(text, 'p.csv').points]).toEqual(wanted);
  });

  test('a third column is weights', () => {
    expect([...parsePoints('x,y,w\n1,2,0.5\n3,4,0', 'p.csv').weights]).toEqual([0.5, 0]);
  });

  test.each([
    ['1,2\n3,four\n', 'p.csv: row 2, column 2: "four" is not a number'],
    ['x,y\n1,2\n\n3,\n', 'p.csv: row 4, column 2: "" is not a number'],
    ['x,y\nfoo,bar\n', 'p.csv: row 2, column 1: "foo" is not a number'],
    ['1,2\n3,NaN\n', '"NaN" is not a number'],
    ['1,2\n3,1e99\n', '"1e99" is not a number'],
    ['1,2\n1,2,3\n', 'p.csv: row 2 has 3 columns'],
    ['1,2,3,4\n', 'row 1 has 4 columns'],
    ['Dear reader\n', 'there is no point in it'],
    ['', 'there is no point in it'],
    ['1,2,-1\n', 'row 1, column 3: a weight is -1; none may be negative'],
    ['1,2,0\n3,4,0\n', 'there is no mass'],
  ])('%j is refused by name of the place', (text, sentence) => {
    expect(() => parsePoints(text, 'p.csv')).toThrow(sentence);
  });

  test('a few points are a component each, centred, scaled, and sampled in their shares', async () => {
    const mixture = await mixtureOfFile(bytes('10,10,1\n20,10,3\n15,1000,0\n'), 'p.csv');
    expect(mixture).toHaveLength(2);
    expect(meanOf(mixture, 0)).toBeCloseTo(0, 12);
    const points = sample(mixture, 4000, new Random(1));
    let right = 0;
    for (let i = 0; i < points.length; i += 2) if (points[i]! > 0) right++;
    expect(right / 4000).toBeCloseTo(0.75, 1);
  });

  test('one point, and points all alike, are a mixture still', async () => {
    for (const text of ['5,5', '5,5\n5,5\n5,5']) {
      const mixture = await mixtureOfFile(bytes(text), 'p.csv');
      expect(mixture).toHaveLength(1);
      expect(mixture[0]).toMatchObject({ mean: [0, 0] });
      expect(denoise(mixture, [0.1, 0.1], 1, 0.5).mean.every(Number.isFinite)).toBe(true);
    }
  });
});

test('many points become 256 components with the same mean and covariance', () => {
  const random = new Random(4);
  const points = Float64Array.from({ length: 6000 }, (_, i) => random.normal() + (i % 3));
  const set = centred({ points, weights: Float64Array.from({ length: 3000 }, () => random.uniform()) });
  const mixture = clustered(set, 256, 0);
  expect(mixture).toHaveLength(256);
  expect(meanOf(mixture, 0)).toBeCloseTo(0, 9);
  expect(meanOf(mixture, 1)).toBeCloseTo(0, 9);
  expect(Math.sqrt(spreadOf(mixture))).toBeCloseTo(0.65, 9);
});

describe('a drawing', () => {
  const circle: Stroke = Array.from({ length: 200 }, (_, i) => [
    0.8 * Math.cos((2 * Math.PI * i) / 199),
    0.8 * Math.sin((2 * Math.PI * i) / 199),
  ]);

  test('comes back from its text, which a link can carry', () => {
    const text = drawingBytes([circle, [[0.25, -0.5]]]);
    expect(text.length).toBeLessThan(600);
    const [round, dot] = parseDrawing(text)!;
    expect(dot).toEqual([[0.25, -0.5]]);
    for (const [x, y] of round!) expect(Math.hypot(x, y)).toBeCloseTo(0.8, 2);
  });

  test('a circle is thin components along it', () => {
    const mixture = mixtureOfDrawing([circle]);
    expect(mixture.length).toBeLessThanOrEqual(256);
    const points = sample(mixture, 2000, new Random(2));
    const radii = Array.from({ length: 2000 }, (_, i) => Math.hypot(points[2 * i]!, points[2 * i + 1]!));
    const mean = radii.reduce((sum, radius) => sum + radius, 0) / 2000;
    expect(mean).toBeCloseTo(1.2, 1);
    expect(Math.sqrt(radii.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 2000)).toBeLessThan(0.06);
  });

  test.each([
    ['strokes/1\n', 'has no mass'],
    ['strokes/1\n\n\n', 'has no mass'],
    ['strokes/1\n1 2 3\n', 'stroke 1 of the drawing is not a list of points'],
    ['strokes/1\n0 0\n1 x\n', 'stroke 2 of the drawing'],
    ['strokes/1\n0 5000\n', 'whole numbers from −1000 to 1000'],
  ])('%j is refused', async (text, sentence) => {
    await expect(mixtureOfFile(bytes(text), 'd.txt')).rejects.toThrow(sentence);
  });
});

describe('an image', () => {
  const png = (width: number, height: number, ink: (x: number, y: number) => number) =>
    new Uint8Array(
      encode({
        ...{ width, height, channels: 1, depth: 8 },
        data: Uint8Array.from({ length: width * height }, (_, i) => ink(i % width, Math.floor(i / width))),
      }),
    );

  test.each([
    ['dark on light', 255, 0],
    ['light on dark', 0, 255],
  ])('its ink is the mass, %s', async (_name, ground, ink) => {
    // A spot in the upper right quarter of a wide picture.
    const mixture = await mixtureOfFile(
      png(200, 100, (x, y) => (Math.hypot(x - 150, y - 25) < 12 ? ink : ground)),
      'i.png',
    );
    expect(mixture.length).toBeGreaterThan(16);
    expect(meanOf(mixture, 0)).toBeCloseTo(0.65, 1);
    expect(meanOf(mixture, 1)).toBeCloseTo(0.325, 1);
  });

  test('one without any ink, and what is no image, are refused', async () => {
    await expect(
      mixtureOfFile(
        png(20, 20, () => 200),
        'i.png',
      ),
    ).rejects.toThrow('has no mass');
    const broken = png(20, 20, (x) => 9 * x).slice(0, 60);
    await expect(mixtureOfFile(broken, 'i.png')).rejects.toThrow('i.png: not a valid PNG file');
    const noise = Uint8Array.from({ length: 64 }, (_, i) => (i * 37) & 255);
    await expect(mixtureOfFile(noise, 'i.jpg')).rejects.toThrow('neither an image');
  });
});
