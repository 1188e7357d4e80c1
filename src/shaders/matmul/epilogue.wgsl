// What becomes of finished sums: act(alpha.sum + bias), with GELU in its exact form x.Phi(x).

fn activated(x: vec4f) -> vec4f {
  switch params.activation {
    case 1u: { return max(x, vec4f()); }
    case 2u: { return x * normal_cdf(x); }
    case 3u: { return x * sigmoid_of(x); }
    default: { return x; }
  }
}

fn epilogue(sum: vec4f, bias: vec4f) -> vec4f { return activated(params.alpha * sum + bias); }
