/** A distribution is drawn by keyboard as by hand: the pen goes down, moves, stays on the square, and lifts. */
import { expect, test } from 'vitest';
import { extended, keyed, restingPen, type Stroke } from './drawing';

test('arrows draw while the pen is down, and only then', () => {
  let state = { pen: restingPen, stroke: [] as Stroke, done: false };
  const press = (key: string): void => {
    state = keyed(state.pen, state.stroke, key)!;
  };
  press('ArrowUp');
  expect(state.stroke).toEqual([]);
  press(' ');
  press('ArrowRight');
  press('ArrowRight');
  expect(state.stroke).toEqual([
    [0, 0.05],
    [0.05, 0.05],
    [0.1, 0.05],
  ]);
  press(' ');
  expect(state).toMatchObject({ done: true, pen: { down: false } });
  expect(state.stroke).toHaveLength(3);
});

test('Escape drops a stroke, other keys are not taken, and the pen stays on the square', () => {
  const down = { at: [1, 1], down: true } as const;
  expect(keyed(down, [[1, 1]], 'Escape')).toMatchObject({ stroke: [], done: false, pen: { down: false } });
  expect(keyed(restingPen, [], 'Escape')).toBeUndefined();
  expect(keyed(down, [], 'Tab')).toBeUndefined();
  expect(keyed(down, [], 'ArrowRight')!.pen.at).toEqual([1, 1]);
});

test('a pointer that hardly moved adds nothing, and one that left the square draws its edge', () => {
  const stroke = extended([], [0.5, 0.5]);
  expect(extended(stroke, [0.501, 0.5])).toBe(stroke);
  expect(extended(stroke, [0.7, 3])).toEqual([
    [0.5, 0.5],
    [0.7, 1],
  ]);
});
