// Lost updates: changes that were not zero (the second count) and left the stored number as it was (the first).
fn count(changes: vec4<bool>, same: vec4<bool>) {
  let all = dot(select(vec4u(), vec4u(1u), changes), vec4u(1u));
  let without = dot(select(vec4u(), vec4u(1u), changes & same), vec4u(1u));
  if without > 0u { atomicAdd(&lost[0], without); }
  if all > 0u { atomicAdd(&lost[1], all); }
}
