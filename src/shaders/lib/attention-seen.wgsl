// Visibility of four pairs at once, without branches.

// Which of four keys query s sees, given its key_range; keys past the end are not seen.
fn seen_keys(s: u32, range: vec2u, t: vec4u) -> vec4<bool> {
  var seen = (t >= vec4u(range.x)) & (t < vec4u(range.y));
  if HAS_MASK {
    let at = min(t, vec4u(params.T - 1u));
    seen &= vec4<bool>(allowed(s, at.x), allowed(s, at.y), allowed(s, at.z), allowed(s, at.w));
  }
  return seen;
}

// Which of four queries see key t, given its query_range.
fn seen_by(s: vec4u, range: vec2u, t: u32) -> vec4<bool> {
  var seen = (s >= vec4u(range.x)) & (s < vec4u(range.y));
  if HAS_MASK {
    seen &= vec4<bool>(allowed(s.x, t), allowed(s.y, t), allowed(s.z, t), allowed(s.w, t));
  }
  return seen;
}
