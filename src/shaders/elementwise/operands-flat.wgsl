// Operands that lie as y does; b may be a last part of its shape, which then comes again and again.

fn quad_a(quad: u32) -> vec4f { return load_a(quad); }
fn quad_b(quad: u32) -> vec4f { return load_b(quad % params.b_quads); }
