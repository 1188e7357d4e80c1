// Results of an image [., w]: those whose window ran over the end of a row are left out.

fn emit(i: u32, v: i32) {
  let r = i / params.w;
  let c = i - r * params.w;
  if r >= params.out_h || c >= params.out_w { return; }
  if TO_FLOAT { result[r * params.out_w + c] = ordered(v); } else { result[r * params.out_w + c] = v; }
}

fn emit4(i4: u32, v: vec4i) {
  emit(i4 * 4u, v.x);
  emit(i4 * 4u + 1u, v.y);
  emit(i4 * 4u + 2u, v.z);
  emit(i4 * 4u + 3u, v.w);
}
