// Channels of the source come as whole quads.

fn source_at(i: u32) -> vec4f { return load_source(i); }
