// Results stay where they were computed: a series, or what the next pass reads.

fn emit4(i4: u32, v: vec4i) {
  if TO_FLOAT { result[i4] = ordered4(v); } else { result[i4] = v; }
}
