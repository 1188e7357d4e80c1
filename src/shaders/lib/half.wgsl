// IEEE 754 binary16 and bfloat16 from f32 and back, in integers alone: WGSL leaves open how a conversion rounds,
// whether it keeps subnormals, and what overflow gives. Round to nearest, ties to even; subnormals kept; overflow to
// infinity (binary16 from |x| >= 65520, bfloat16 from 2^128 - 2^119); NaN stays a quiet NaN with its sign.
// Words are bit patterns: `f32_bits` of an f32, those of a half or a bfloat in the low 16 bits.

// Drops the low `by` bits of magnitude `m`, 1 <= by <= 25, to the nearest even; a carry raises the exponent by itself.
fn round_off(m: u32, by: u32) -> u32 {
  return (m + (1u << (by - 1u)) - 1u + ((m >> by) & 1u)) >> by;
}

fn half_from_f32_bits(f32_bits: u32) -> u32 {
  let sign = (f32_bits >> 16u) & 0x8000u;
  let m = f32_bits & 0x7fffffffu;
  // Below 2^-14 the step is 2^-24 whatever the exponent: the leading one is written out and more bits go.
  let exponent = m >> 23u;
  let small = round_off((m & 0x7fffffu) | 0x800000u, min(126u - min(exponent, 113u), 25u));
  let normal = round_off(m - min(m, 0x38000000u), 13u);
  let finite = min(select(small, normal, exponent >= 113u), 0x7c00u);
  return sign | select(finite, 0x7e00u, m > 0x7f800000u);
}

fn f32_bits_from_half(half_bits: u32) -> u32 {
  let sign = (half_bits & 0x8000u) << 16u;
  let m = half_bits & 0x7fffu;
  // A subnormal's leading one becomes the implicit one; zero has none.
  let top = firstLeadingBit(m | 1u);
  let small = select(((top + 103u) << 23u) + ((m << (23u - top)) & 0x7fffffu), 0u, m == 0u);
  let normal = (m << 13u) + 0x38000000u;
  let special = (m << 13u) | 0x7f800000u;
  return sign | select(select(small, normal, m >= 0x400u), special, m >= 0x7c00u);
}

fn bfloat_from_f32_bits(f32_bits: u32) -> u32 {
  let sign = (f32_bits >> 16u) & 0x8000u;
  let m = f32_bits & 0x7fffffffu;
  return sign | select(round_off(m, 16u), 0x7fc0u, m > 0x7f800000u);
}

fn f32_bits_from_bfloat(bfloat_bits: u32) -> u32 {
  return bfloat_bits << 16u;
}

// Finite numbers rounded to binary16 and kept as f32, in one go, as inner loops want it; past 65504 infinity.
fn rounded_to_half(x: vec4f) -> vec4f {
  let bits = bitcast<vec4u>(x);
  let m = bits & vec4u(0x7fffffffu);
  // Bits that the nearest half does not have: 13, and below 2^-14 one more for each power of two.
  let by = min(vec4u(126u) - min(m >> vec4u(23u), vec4u(113u)), vec4u(23u));
  let unit = vec4u(1u) << by;
  let nearest = (m + (unit >> vec4u(1u)) - 1u + ((m >> by) & vec4u(1u))) & ~(unit - 1u);
  // Half of the smallest number, 2^-24, goes to zero, and so does all below.
  let least = select(vec4u(), vec4u(0x33800000u), m > vec4u(0x33000000u));
  let kept = select(nearest, least, m < vec4u(0x33800000u));
  let finite = select(kept, vec4u(0x7f800000u), kept >= vec4u(0x47800000u));
  return bitcast<vec4f>((bits & vec4u(0x80000000u)) | finite);
}
