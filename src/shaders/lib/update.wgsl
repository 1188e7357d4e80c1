// What optimisers share: the gradient as it counts, and the parameter as it is stored.
// `keep_copy` and `count` are files of their own, or their empty forms.

// Unscaled, then clipped.
fn gradient(quad: u32) -> vec4f {
  return load_grad(quad) * load_control(INVERSE) * load_control(CLIP);
}

fn rounded_to_bfloat(x: vec4f) -> vec4f {
  let bits = bitcast<vec4u>(x);
  return bitcast<vec4f>((bits + vec4u(0x7fffu) + ((bits >> vec4u(16u)) & vec4u(1u))) & vec4u(0xffff0000u));
}

fn in_format(x: vec4f) -> vec4f {
  if FORMAT == FP16 { return rounded_to_half(x); }
  if FORMAT == BF16 { return rounded_to_bfloat(x); }
  return x;
}

// A master weight is kept in f32 and its copy in the format; without one the weight itself is in the format.
fn keep(quad: u32, old: vec4f, change: vec4f) {
  var p = old + change;
  if !MASTER { p = in_format(p); }
  store_p(quad, p);
  keep_copy(quad, p);
  let i = vec4u(quad * 4u) + vec4u(0u, 1u, 2u, 3u);
  count((change != vec4f()) & (i < vec4u(params.size)), p == old);
}

// State in f16 is rounded as the format says, whatever the adapter's conversions do.
fn state(x: vec4f) -> vec4f {
  if HALF_STATE { return rounded_to_half(x); }
  return x;
}
