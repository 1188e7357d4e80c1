/** The WGSL of strip.wgsl that is unrolled by the window: its columns, a line of it, a row of weights, and their product. */
import type { Shader } from '@/gpu/kernel';
import { shader } from './parts';

const each = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(', ');

/** @param flipped weights from the last to the first, for the gradient of x */
export function stripWindow(size: number, stride: number, flipped: boolean): Shader {
  const columns = 3 * stride + size;
  const square = size * size;
  const tap = (kx: number): string => {
    const place = flipped ? `${square - 1 - kx}u - ky * ${size}u` : `ky * ${size}u + ${kx}u`;
    return `vec4f(${['x', 'y', 'z', 'w'].map((lane) => `load_w(i.${lane} + ${place})`).join(', ')})`;
  };
  const sum = (j: number): string =>
    Array.from({ length: size }, (_, kx) => kx).reduce(
      (inner, kx) => `fma(x.v${j * stride + kx}, w.w${kx}, ${inner})`,
      `s[${j}]`,
    );
  const code = `struct Columns { ${each(columns, (i) => `c${i}: u32, seen${i}: bool`)} }
struct Window { ${each(columns, (i) => `v${i}: vec4f`)} }
struct Taps { ${each(size, (i) => `w${i}: vec4f`)} }

// Offsets of neighbouring columns from x on; one outside becomes the nearest and counts as zeros.
fn columns_of(x: i32, quad: u32) -> Columns {
  let last = i32(params.from_w) - 1;
  return Columns(${each(columns, (i) => `u32(clamp(x + ${i}, 0, last)) * params.to4 + quad, x + ${i} >= 0 && x + ${i} <= last`)});
}

fn window_of(line: u32, at: Columns) -> Window {
  return Window(${each(columns, (i) => `select(vec4f(), load_source(line + at.c${i}), at.seen${i})`)});
}

fn taps_of(quad: u32, ky: u32) -> Taps {
  let i = (quad * 4u + vec4u(0u, 1u, 2u, 3u)) * ${square}u;
  return Taps(${each(size, tap)});
}

// Four sums, each with a line of its window.
fn taken(s: mat4x4f, x: Window, w: Taps) -> mat4x4f {
  return mat4x4f(${each(4, sum)});
}`;
  return { ...shader(`strip-window-${size}-${stride}${flipped ? '-flipped' : ''}`, code) };
}
