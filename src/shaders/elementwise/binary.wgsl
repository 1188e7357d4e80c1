// y = f(a, b), four elements an invocation; `operands` fetches them. OP and its names are constants of the header.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group_index(group) * 64u + local;
  if quad >= params.quads { return; }
  let a = quad_a(quad);
  let b = quad_b(quad);
  var y = a + params.alpha * b;
  switch OP {
    case SUB: { y = a - params.alpha * b; }
    case MUL: { y = a * b; }
    case DIV: { y = a / b; }
    case MAX: { y = max(a, b); }
    case MIN: { y = min(a, b); }
    default: { }
  }
  store_y(quad, y);
}
