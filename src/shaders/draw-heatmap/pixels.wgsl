// A matrix x [rows, columns] as an image: an invocation paints one pixel, which covers `across` columns and `down` rows
// and has the colour of the largest of the values it samples there, evenly spaced, so that no peak hides. viridis over
// [low, high], linear or in log2; a value of 3e38 or more stands for "no number" and is marked. pixels [height, width].

const NO_NUMBER = 3e38;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = group_index(group) * 64u + lane;
  if i >= params.width * params.height { return; }
  let corner = vec2f(f32(i % params.width), f32(i / params.width));
  var most = -NO_NUMBER;
  var inside = false;
  for (var j = 0u; j < params.samples_x * params.samples_y; j++) {
    let sample = vec2f(f32(j % params.samples_x), f32(j / params.samples_x)) + 0.5;
    let within = sample * vec2f(params.spacing_x, params.spacing_y);
    let cell = floor(vec2f(params.x0, params.y0) + (corner + within) * vec2f(params.across, params.down));
    if cell.x >= 0.0 && cell.y >= 0.0 && cell.x < f32(params.columns) && cell.y < f32(params.rows) {
      inside = true;
      most = max(most, load_x(u32(cell.y) * params.columns + u32(cell.x)));
    }
  }
  if !inside {
    pixels[i] = params.outside;
  } else if most >= NO_NUMBER {
    pixels[i] = params.mark;
  } else {
    var at = most;
    if params.log != 0u { at = log2(max(most, params.low)); }
    pixels[i] = rgba8(viridis(clamp((at - params.start) / params.span, 0.0, 1.0)));
  }
}
