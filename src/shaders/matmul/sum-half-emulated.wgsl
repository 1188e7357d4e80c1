// Sums in binary16 on an adapter that has none: product and sum are each rounded to nearest even, k ascending.
// The product of two halves is exact in f32, and 24 bits are enough for their sum to be rounded twice without harm
// (Figueroa 1995: 24 >= 2*11 + 2). A `block` is four rows of four: column i of the matrix is row i.

alias num4 = vec4f;
alias block = mat4x4f;

fn sum_products(s: num4, a: num4, b: num4) -> num4 { return rounded_to_half(s + rounded_to_half(a * b)); }

fn wide(c: block) -> mat4x4f { return c; }
