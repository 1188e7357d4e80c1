// A finished result plus a tensor of its shape, four elements at a time.

fn with_residual(quad: u32, y: vec4f) -> vec4f { return y + load_residual(quad); }
