// The copy that the forward pass reads, in the format.
fn keep_copy(quad: u32, p: vec4f) { store_copy(quad, in_format(p)); }
