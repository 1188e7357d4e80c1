// The attention pattern p = exp(scale.q.k - lse) of one head as an image, never storing it: an invocation paints one
// pixel. Pixel (x, y) covers keys x0 + [x, x+1)/zoom and queries y0 + [y, y+1)/zoom; where that is many cells, the
// largest p of SAMPLES x SAMPLES of them, evenly spaced, gives the colour viridis(p^gamma).
// q [B,H,S,D], k [B,Hkv,T,D] as vec4, lse [B,H,S], pixels [height, width].

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = group_index(group) * 64u + lane;
  if i >= params.width * params.height { return; }
  let corner = vec2f(f32(i % params.width), f32(i / params.width));
  var most = -1.0;
  var inside = false;
  for (var j = 0u; j < params.samples * params.samples; j++) {
    let within = (vec2f(f32(j % params.samples), f32(j / params.samples)) + 0.5) * params.spacing;
    let cell = floor(vec2f(params.x0, params.y0) + (corner + within) * params.step);
    if cell.x >= 0.0 && cell.y >= 0.0 && cell.x < f32(params.T) && cell.y < f32(params.S) {
      inside = true;
      let t = u32(cell.x);
      let s = u32(cell.y);
      if visible(s, t) {
        let query = params.head * params.S + s;
        var score = 0.0;
        for (var c = 0u; c < params.d4; c++) {
          score += dot(load_q(query * params.d4 + c), load_k((params.plane * params.T + t) * params.d4 + c));
        }
        most = max(most, clamp(exp(min(score * params.scale - load_lse(query), 0.0)), 0.0, 1.0));
      }
    }
  }
  if most >= 0.0 {
    pixels[i] = rgba8(viridis(select(0.0, pow(most, params.gamma), most > 0.0)));
  } else {
    pixels[i] = select(params.outside, params.masked, inside);
  }
}
