// Log-step doubling: with M_0 = x and M_(j+1)[i] = max(M_j[i], M_j[i + 2^j]), M_j[i] is the maximum of the 2^j samples
// from i on, and two such runs that overlap cover any window:  y[i] = max(M_J[i], M_J[i + k - 2^J]), 2^J <= k < 2^(J+1).
// One pass a level, shift samples apart; four samples an invocation. SKEW = shift mod 4 is known to the compiler.

fn fetch4(i4: u32) -> vec4i {
  let bits = source[min(i4, params.quads - 1u)];
  if FROM_FLOAT { return ordered4(bits); }
  return bits;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let i4 = group_index(group) * 64u + local;
  if i4 * 4u >= params.outputs { return; }
  let there = i4 + params.shift / 4u;
  let a = fetch4(there);
  var shifted = a;
  if SKEW != 0u {
    let b = fetch4(there + 1u);
    if SKEW == 1u { shifted = vec4i(a.yzw, b.x); }
    if SKEW == 2u { shifted = vec4i(a.zw, b.xy); }
    if SKEW == 3u { shifted = vec4i(a.w, b.xyz); }
  }
  emit4(i4, max(fetch4(i4), shifted));
}
