// Blocks of half sums: every element takes its products one after the other, k ascending.

// C + a.b^T for one k: a is a column of A, b a row of B.
fn add_outer(c: block, a: num4, b: num4) -> block {
  return block(sum_products(c[0], num4(a.x), b), sum_products(c[1], num4(a.y), b),
               sum_products(c[2], num4(a.z), b), sum_products(c[3], num4(a.w), b));
}

// C + A.B for blocks C [m, n], A [m, k], B [k, n].
fn add_product(c: block, a: block, b: block) -> block {
  return block(add_row(c[0], a[0], b), add_row(c[1], a[1], b), add_row(c[2], a[2], b), add_row(c[3], a[3], b));
}

fn add_row(c: num4, a: num4, b: block) -> num4 {
  let two = sum_products(sum_products(c, num4(a.x), b[0]), num4(a.y), b[1]);
  return sum_products(sum_products(two, num4(a.z), b[2]), num4(a.w), b[3]);
}
