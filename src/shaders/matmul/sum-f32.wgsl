// Sums in f32. A `block` is four rows of four: column i of the matrix is row i.

alias num4 = vec4f;
alias block = mat4x4f;

fn sum_products(s: num4, a: num4, b: num4) -> num4 { return fma(a, b, s); }

// C + A.B for blocks C [m, n], A [m, k], B [k, n]: with rows as columns the factors change places.
fn add_product(c: block, a: block, b: block) -> block { return c + b * a; }

// C + a.b^T for one k: a is a column of A, b a row of B.
fn add_outer(c: block, a: num4, b: num4) -> block {
  return block(fma(vec4f(a.x), b, c[0]), fma(vec4f(a.y), b, c[1]), fma(vec4f(a.z), b, c[2]), fma(vec4f(a.w), b, c[3]));
}

fn wide(c: block) -> mat4x4f { return c; }
