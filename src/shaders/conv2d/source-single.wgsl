// Channels of the source come one by one, in x.

fn source_at(i: u32) -> vec4f { return vec4f(load_source(i), 0.0, 0.0, 0.0); }
