// A Gaussian mixture in the plane at the level x = s x0 + dev n, where component k is N(s mu, C), C = s^2 Sigma + dev^2.
// What depends on the level alone is computed once, twelve numbers for each component:
//   (s mu, p), (q, offset, g), (g', g'', mu): rows p and q whiten, v = (p.(x - s mu), q.(x - s mu)), so that
//   log2 r_k = offset - |v|^2, and D_k = mu + G (x - s mu) with the symmetric gain G = s Sigma C^-1.
// With -C^-1 in place of G and 0 in place of mu the same sum is the score, without the cancellation in (s D - x) / dev^2.

struct Prepared {
  centre: vec4f,
  whiten: vec4f,
  affine: vec4f,
}

// first = (log w, mu, cos), second = (sin, lambda, 0): Sigma has eigenvectors (cos, sin), (-sin, cos).
fn prepare(first: vec4f, second: vec4f, s: f32, dev: f32, score: bool) -> Prepared {
  let lambda = second.yz;
  let e1 = vec2f(first.w, second.x);
  let e2 = vec2f(-second.x, first.w);
  let C = s * s * lambda + dev * dev;
  let logs = log_of(vec4f(C, 1.0, 1.0));
  let offset = 1.4426950408889634 * (first.x - 0.5 * (logs.x + logs.y));
  // sqrt(log2(e) / 2C)
  let w = sqrt(vec2f(0.7213475204444817) / C);
  let along = select(s * lambda, vec2f(-1.0), score) / C;
  let g = vec3f(along.x * e1.x * e1.x + along.y * e2.x * e2.x, along.x * e1.x * e1.y + along.y * e2.x * e2.y,
    along.x * e1.y * e1.y + along.y * e2.y * e2.y);
  let mu = first.yz;
  return Prepared(vec4f(s * mu, w.x * e1), vec4f(w.y * e2, offset, g.x), vec4f(g.yz, select(mu, vec2f(), score)));
}
