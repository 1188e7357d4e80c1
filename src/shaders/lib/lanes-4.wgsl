// Arithmetic written over `reals` works on four numbers at a time, the i-th four being at `places(i)`.
alias reals = vec4f;
alias words = vec4u;
alias ints = vec4i;
fn places(i: u32) -> words { return 4u * i + vec4u(0u, 1u, 2u, 3u); }
