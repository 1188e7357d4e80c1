// Arithmetic written over `reals` works on two numbers at a time, the i-th two being at `places(i)`.
alias reals = vec2f;
alias words = vec2u;
alias ints = vec2i;
fn places(i: u32) -> words { return 2u * i + vec2u(0u, 1u); }
