// dx = f'(x).dy, four elements an invocation. OP and the names of the operations are constants of the header.

// The logistic function's slope s(1 - s) without cancelling.
fn logistic_slope(x: vec4f) -> vec4f {
  let e = exp_of(-abs(x));
  return e / ((1.0 + e) * (1.0 + e));
}

fn slope(x: vec4f) -> vec4f {
  switch OP {
    case RELU: { return select(vec4f(), vec4f(1.0), x > vec4f()); }
    case RELU6: { return select(vec4f(), vec4f(1.0), (x > vec4f()) & (x < vec4f(6.0))); }
    case HARD_SWISH: {
      return select(select((2.0 * x + 3.0) / 6.0, vec4f(), x <= vec4f(-3.0)), vec4f(1.0), x >= vec4f(3.0));
    }
    case HARD_SIGMOID: { return select(vec4f(), vec4f(1.0 / 6.0), abs(x) < vec4f(3.0)); }
    case GELU: { return normal_cdf(x) + x * normal_density(x); }
    case GELU_TANH: {
      // Past 20 the slope is 0 or 1, and x^3 would overflow.
      let z = clamp(x, vec4f(-20.0), vec4f(20.0));
      let twice = 1.5957691216057308 * (z + 0.044715 * z * z * z);
      return sigmoid_of(twice) + z * logistic_slope(twice) * 1.5957691216057308 * (1.0 + 0.134145 * z * z);
    }
    case SILU: { return sigmoid_of(x) + clamp(x, vec4f(-200.0), vec4f(200.0)) * logistic_slope(x); }
    case TANH: { return 4.0 * logistic_slope(2.0 * x); }
    case SIGMOID: { return logistic_slope(x); }
    case EXP: { return exp_of(x); }
    case LOG: { return 1.0 / x; }
    case SQRT: { return 0.5 / sqrt(x); }
    case SQUARE: { return 2.0 * x; }
    case ABS: { return sign(x); }
    case NEG: { return vec4f(-1.0); }
    default: { return vec4f(params.alpha); }
  }
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  store_dx(quad, slope(load_x(quad)) * load_dy(quad));
}
