// Elementary functions to a few ulp, four at a time: WGSL lets an adapter be off by 2^-11 in tanh and by |x| ulp in exp.
// Polynomials from Cephes (S. L. Moshier, expf, logf, tanhf); erfc from Numerical Recipes (W. H. Press et al., 6.2).

// e^x; 0 from -87.3 down, where the result would be subnormal.
fn exp_of(x: vec4f) -> vec4f {
  let y = clamp(x, vec4f(-104.0), vec4f(89.0));
  let n = floor(y * 1.44269504088896341 + 0.5);
  let r = (y - n * 0.693359375) + n * 2.12194440e-4;
  let p = ((((1.9875691500e-4 * r + 1.3981999507e-3) * r + 8.3334519073e-3) * r + 4.1665795894e-2) * r
    + 1.6666665459e-1) * r + 5.0000001201e-1;
  // 2^n in two factors, as 2^128 is none.
  let low = vec4i(n) / 2;
  let scale = bitcast<vec4f>((low + 127) << vec4u(23u));
  return (p * r * r + r + 1.0) * scale * bitcast<vec4f>((vec4i(n) - low + 127) << vec4u(23u));
}

// ln x of positive normal x; what is less counts as 2^-126.
fn log_of(x: vec4f) -> vec4f {
  let bits = bitcast<vec4i>(max(x, vec4f(1.1754943508e-38)));
  // x = 2^e.m with m in [sqrt 1/2, sqrt 2).
  let e = (bits - 0x3f3504f3) >> vec4u(23u);
  let m = bitcast<vec4f>(bits - (e << vec4u(23u))) - 1.0;
  let p = ((((((((7.0376836292e-2 * m - 1.1514610310e-1) * m + 1.1676998740e-1) * m - 1.2420140846e-1) * m
    + 1.4249322787e-1) * m - 1.6668057665e-1) * m + 2.0000714765e-1) * m - 2.4999993993e-1) * m
    + 3.3333331174e-1) * m * m * m;
  let n = vec4f(e);
  return (m + (p - 2.12194440e-4 * n - 0.5 * m * m)) + 0.693359375 * n;
}

fn tanh_of(x: vec4f) -> vec4f {
  let z = x * x;
  let small = (((((-5.70498872745e-3 * z + 2.06390887954e-2) * z - 5.37397155531e-2) * z + 1.33314422036e-1) * z)
    - 3.33332819422e-1) * z * x + x;
  let e = exp_of(-2.0 * abs(x));
  return select(sign(x) * (1.0 - e) / (1.0 + e), small, abs(x) < vec4f(0.625));
}

fn sigmoid_of(x: vec4f) -> vec4f {
  let e = exp_of(-abs(x));
  return select(vec4f(1.0), e, x < vec4f()) / (1.0 + e);
}

// The normal distribution's integral erfc(-x / sqrt 2) / 2, relative error 1e-6 in both tails.
fn normal_cdf(x: vec4f) -> vec4f {
  let z = min(abs(x), vec4f(20.0)) * 0.70710678118654752;
  let t = 1.0 / (1.0 + 0.5 * z);
  let p = t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (0.27886807
    + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  let tail = 0.5 * t * exp_of(p - 1.26551223 - z * z);
  return select(tail, 1.0 - tail, x > vec4f());
}

fn normal_density(x: vec4f) -> vec4f {
  let z = min(abs(x), vec4f(20.0));
  return 0.3989422804014327 * exp_of(-0.5 * z * z);
}
