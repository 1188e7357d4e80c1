// f32 as whole numbers in the same order: below zero, a larger pattern of bits is a smaller number. Compared so, a
// maximum is exact for every value, subnormals and both zeros included, which WGSL may flush or confuse as floats.
// The mapping is its own inverse.

fn ordered(bits: i32) -> i32 { return bits ^ ((bits >> 31u) & 0x7fffffff); }
fn ordered4(bits: vec4i) -> vec4i { return bits ^ ((bits >> vec4u(31u)) & vec4i(0x7fffffff)); }
