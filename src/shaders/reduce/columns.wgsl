// Four neighbouring columns of one part: one load.
fn element(at: vec4u, k: vec4u) -> vec4f { return load_x((at.x + k.x * params.inner) / 4u); }
