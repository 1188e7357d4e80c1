// The activation chosen by `params.activation`.

fn activated(x: vec4f) -> vec4f { return activation_of(params.activation, x); }
