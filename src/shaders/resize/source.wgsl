// The two input pixels of four output pixels along one axis, and the second one's share.

struct Source { first: vec4u, second: vec4u, share: vec4f }

fn source_of(i: vec4u, multiply: u32, add: i32, divide: u32, size: u32) -> Source {
  let place = vec4u(max(vec4i(i * multiply) + add, vec4i()));
  let first = min(place / divide, vec4u(size - 1u));
  return Source(first, min(first + 1u, vec4u(size - 1u)), vec4f(place - first * divide) / f32(divide));
}
