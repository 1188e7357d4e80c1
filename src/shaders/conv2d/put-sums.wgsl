// Sums as they are: finish.wgsl makes elements of them.

fn put_quad(at: u32, which: u32, quad: u32, sum: vec4f) { store_sums(at, sum); }
