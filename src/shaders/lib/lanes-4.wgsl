// Arithmetic written over `reals` works on four numbers at a time.
alias reals = vec4f;
alias words = vec4u;
alias ints = vec4i;
