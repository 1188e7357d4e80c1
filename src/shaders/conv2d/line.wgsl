// One axis of the window, for the pixels of one phase: forward there is one phase; TRANSPOSED, pixels that are equal modulo
// the stride meet the same taps.

struct Line { first: u32, count: u32, origin: i32 }

// Taps first, first + every, ... of which there are `count`, and the source pixel that the first one of pixel 0 sees.
fn line_of(phase: u32, taps: u32, stride: u32, dilation: u32, before: u32, every: u32) -> Line {
  if !TRANSPOSED { return Line(0u, taps, -i32(before)); }
  let last = min(every, taps);
  var first = 0u;
  while first < last && (i32(phase + before) - i32(first * dilation)) % i32(stride) != 0 { first++; }
  if first == last { return Line(0u, 0u, 0); }
  return Line(first, (taps - first + every - 1u) / every,
    (i32(phase + before) - i32(first * dilation)) / i32(stride));
}

fn inside(at: vec4i, size: u32) -> vec4<bool> { return (at >= vec4i()) & (at < vec4i(i32(size))); }
