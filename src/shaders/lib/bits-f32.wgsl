// The bits of four neighbouring elements of x, which is f32.
fn bits4(quad: u32) -> vec4u { return x[quad]; }
