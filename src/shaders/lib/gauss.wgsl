// Standard normals from random bits (Box & Muller 1958): of u = (bits + 1/2) / 2^32, which is never 0 or 1,
//   sqrt(-2 ln u).(cos 2 pi u', sin 2 pi u').
// In f32 such a u rounds to 1, so logarithm and angle are taken from the bits. WGSL lets adapters be off by 2^-11 in
// sine and cosine: polynomials from Cephes (S. L. Moshier, logf, sinf, cosf), 1e-7. Written over `reals`.

struct Pair {
  first: reals,
  second: reals,
}

// -2 ln u. Above sqrt(1/2) it is -2 ln(1 - d), d = 1 - u being small and exact; below, u = m.2^-k with m in [sqrt(1/2), sqrt 2).
fn radius_squared(bits: words) -> reals {
  let whole = reals(bits) + 0.5;
  let pattern = bitcast<ints>(whole);
  let e = (pattern - 0x3f3504f3) >> words(23u);
  let m = bitcast<reals>(pattern - (e << words(23u)));
  let near = bits >= words(0xb504f334u);
  let f = select(m - 1.0, -(reals(~bits) + 0.5) * 2.3283064365386963e-10, near);
  let k = select(reals(32 - e), reals(0.0), near);
  let p = ((((((((7.0376836292e-2 * f - 1.1514610310e-1) * f + 1.1676998740e-1) * f - 1.2420140846e-1) * f
    + 1.4249322787e-1) * f - 1.6668057665e-1) * f + 2.0000714765e-1) * f - 2.4999993993e-1) * f
    + 3.3333331174e-1) * f * f * f;
  return -2.0 * ((f + (p + 2.12194440e-4 * k - 0.5 * f * f)) - 0.693359375 * k);
}

// (cos, sin) of 2 pi u: the nearest quarter turn by integers, the rest within an eighth turn.
fn turn(bits: words) -> Pair {
  let quarter = (bits + 0x20000000u) >> words(30u);
  let x = (reals(bitcast<ints>(bits - (quarter << words(30u)))) + 0.5) * 1.4629180792671596e-9;
  let z = x * x;
  let s = ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1) * z * x + x;
  let c = ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2) * z * z - 0.5 * z + 1.0;
  let odd = (quarter & words(1u)) == words(1u);
  let first = select(c, s, odd);
  let second = select(s, c, odd);
  // The cosine is negative in the middle quarters, the sine in the last two.
  return Pair(select(first, -first, ((quarter + 1u) & words(2u)) == words(2u)),
    select(second, -second, (quarter & words(2u)) == words(2u)));
}

fn gauss(radius: words, angle: words) -> Pair {
  let r = sqrt(radius_squared(radius));
  let t = turn(angle);
  return Pair(r * t.first, r * t.second);
}
