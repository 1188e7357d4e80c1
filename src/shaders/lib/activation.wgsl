// An activation by its number in activation.ts; GELU in its exact form x.Phi(x).

fn activation_of(which: u32, x: vec4f) -> vec4f {
  switch which {
    case 1u: { return max(x, vec4f()); }
    case 2u: { return x * normal_cdf(x); }
    // Silu and sigmoid: the long function is compiled once.
    case 3u, 6u: { return select(vec4f(1.0), x, which == 3u) * sigmoid_of(x); }
    case 4u: { return clamp(x, vec4f(), vec4f(6.0)); }
    case 5u: { return x * clamp(x + 3.0, vec4f(), vec4f(6.0)) / 6.0; }
    case 7u: { return clamp(x + 3.0, vec4f(), vec4f(6.0)) / 6.0; }
    default: { return x; }
  }
}
