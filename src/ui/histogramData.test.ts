/** What a histogram draws. */
import { expect, test } from 'vitest';
import { edgeTicks, occupied, stairs } from './histogramData';

test('stairs rise and fall at the edges and close at the bottom', () => {
  expect(stairs([0, 1, 3], [1, 0.5])).toBe('M0.000 100V0.000H33.333V50.000H100.000V100Z');
});

test('ticks stand at whole multiples of a round step', () => {
  expect(edgeTicks([-7, 0, 6], 14)).toEqual(
    [-7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((x) => x + 0),
  );
  expect(edgeTicks([-36, 8], 10)).toEqual([-35, -30, -25, -20, -15, -10, -5, 0, 5].map((x) => x + 0));
});

test('only the occupied bins are shown', () => {
  expect(
    occupied([
      [0, 0, 3, 0, 0, 0],
      [0, 0, 0, 1, 0, 0],
    ]),
  ).toEqual([1, 5]);
  expect(
    occupied([
      [1, 0],
      [0, 0],
    ]),
  ).toEqual([0, 2]);
  expect(occupied([[0, 0]])).toEqual([0, 2]);
});
