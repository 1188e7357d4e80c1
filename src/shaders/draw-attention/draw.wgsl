// Paints the attention pattern without a matrix: each pixel rebuilds its own entry from q, k and the row's lse,
//   P = e^(scale.q.k - lse),
// and shows how it compares with looking everywhere alike: log2(P.T) from -6 to 6 (P from 1/64 to 64 times 1/T) is the
// colour map from end to end. Pairs that may not be seen get the colour of the page.
// params.left/top: key and query at the picture's upper left corner; step_x/step_y: keys and queries a pixel.

const LOG2E = 1.4426950408889634;
// Half the range of log2(P.T).
const SPAN = 6.0;

// matplotlib's viridis (CC0), at nine points.
fn viridis(t: f32) -> vec3f {
  var stops = array<vec3f, 9>(
    vec3f(68.0, 1.0, 84.0), vec3f(71.0, 45.0, 123.0), vec3f(59.0, 82.0, 139.0),
    vec3f(44.0, 114.0, 142.0), vec3f(33.0, 145.0, 140.0), vec3f(40.0, 174.0, 128.0),
    vec3f(94.0, 201.0, 98.0), vec3f(173.0, 220.0, 48.0), vec3f(253.0, 231.0, 37.0));
  let at = clamp(t, 0.0, 1.0) * 8.0;
  let i = min(u32(at), 7u);
  return mix(stops[i], stops[i + 1u], at - f32(i));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let pixel = group_index(group) * 64u + lane;
  if (pixel >= params.width * params.height) { return; }
  let x = params.left + (f32(pixel % params.width) + 0.5) * params.step_x;
  let y = params.top + (f32(pixel / params.width) + 0.5) * params.step_y;
  let t = u32(clamp(x, 0.0, f32(params.T - 1u)));
  let s = u32(clamp(y, 0.0, f32(params.S - 1u)));
  if (!visible(s, t)) {
    pixels[pixel] = params.blank;
    return;
  }
  let row = params.head * params.S + s;
  let from_q = row * params.D4;
  let from_k = (params.key_head * params.T + t) * params.D4;
  var dot4 = vec4f();
  for (var c = 0u; c < params.D4; c++) { dot4 += load_q(from_q + c) * load_k(from_k + c); }
  let logit = params.scale * (dot4.x + dot4.y + dot4.z + dot4.w);
  let surplus = (logit - load_lse(row)) * LOG2E + params.log2_T;
  pixels[pixel] = pack4x8unorm(vec4f(viridis(surplus / (2.0 * SPAN) + 0.5) / 255.0, 1.0));
}
