// What becomes of finished sums: act(alpha.sum + bias).

fn epilogue(sum: vec4f, bias: vec4f) -> vec4f { return activated(params.alpha * sum + bias); }
