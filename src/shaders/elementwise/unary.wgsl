// y = f(a), four elements an invocation. OP and the names of the operations are constants of the header.

fn f(x: vec4f) -> vec4f {
  switch OP {
    case RELU: { return max(x, vec4f()); }
    case RELU6: { return clamp(x, vec4f(), vec4f(6.0)); }
    case HARD_SWISH: { return x * clamp(x + 3.0, vec4f(), vec4f(6.0)) / 6.0; }
    case HARD_SIGMOID: { return clamp(x + 3.0, vec4f(), vec4f(6.0)) / 6.0; }
    case GELU: { return x * normal_cdf(x); }
    case GELU_TANH: { return x * sigmoid_of(1.5957691216057308 * (x + 0.044715 * x * x * x)); }
    case SILU: { return x * sigmoid_of(x); }
    case TANH: { return tanh_of(x); }
    case SIGMOID: { return sigmoid_of(x); }
    case EXP: { return exp_of(x); }
    case LOG: { return log_of(x); }
    case SQRT: { return sqrt(x); }
    case SQUARE: { return x * x; }
    case ABS: { return abs(x); }
    case NEG: { return -x; }
    default: { return params.alpha * x; }
  }
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  store_y(quad, f(load_a(quad)));
}
