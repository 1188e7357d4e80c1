import { expect, test } from 'vitest';
import { Meter } from './meter';

test('a steady pace is told once there is enough of it', () => {
  const meter = new Meter();
  expect(meter.perSecond).toBeUndefined();
  for (let at = 0; at <= 200; at += 100) meter.note(at * 2, at);
  expect(meter.perSecond).toBeUndefined();
  meter.note(800, 400);
  expect(meter.perSecond).toBe(2000);
});

test('an old pace is forgotten', () => {
  const meter = new Meter();
  meter.note(0, 0);
  meter.note(1e6, 1000);
  for (let at = 7000; at <= 9000; at += 500) meter.note(1e6 + (at - 7000), at);
  expect(meter.perSecond).toBe(1000);
});

test('what begins anew is measured anew', () => {
  const meter = new Meter();
  meter.note(0, 0);
  meter.note(5000, 1000);
  meter.note(0, 1100);
  expect(meter.perSecond).toBeUndefined();
  meter.note(300, 1600);
  expect(meter.perSecond).toBe(600);
});
