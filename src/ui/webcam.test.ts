/** What of a camera needs no camera: which part of its picture is taken, and what its refusals mean. */
import { describe, expect, test } from 'vitest';
import { middleOf, refusalOf } from './webcam';

describe('the middle of a picture', () => {
  test('is all of it where the shapes agree', () => {
    expect(middleOf({ width: 640, height: 480 }, { width: 320, height: 240 })).toEqual([0, 0, 640, 480]);
  });
  test('of a wide one for a square has its whole height', () => {
    expect(middleOf({ width: 640, height: 480 }, { width: 224, height: 224 })).toEqual([80, 0, 480, 480]);
  });
  test('of a tall one for a wide frame has its whole width', () => {
    expect(middleOf({ width: 300, height: 400 }, { width: 200, height: 100 })).toEqual([0, 125, 300, 150]);
  });
});

test.each([
  ['NotAllowedError', 'camera.refused'],
  ['SecurityError', 'camera.insecure'],
  ['NotFoundError', 'camera.none'],
  ['OverconstrainedError', 'camera.none'],
  ['NotReadableError', 'camera.busy'],
  ['AbortError', 'camera.busy'],
])('%s is %s, and its sentence says what to do in both languages', (name, code) => {
  const error = refusalOf(new DOMException('', name));
  expect(error.code).toBe(code);
  expect(error.sentence('en')).toMatch(/image file/);
  expect(error.sentence('zh')).toMatch(/图像文件/);
});
