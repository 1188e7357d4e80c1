// No copy: the forward pass reads the weight itself.
fn keep_copy(quad: u32, p: vec4f) {}
