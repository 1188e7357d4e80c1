// Sums in f16 by the adapter's own arithmetic: s + a.b, k ascending. It may fuse the two, which is one rounding less.
// A `block` is four rows of four: column i of the matrix is row i.

alias num4 = vec4<f16>;
alias block = mat4x4<f16>;

fn sum_products(s: num4, a: num4, b: num4) -> num4 { return s + a * b; }

fn wide(c: block) -> mat4x4f { return mat4x4f(vec4f(c[0]), vec4f(c[1]), vec4f(c[2]), vec4f(c[3])); }
