// Arithmetic written over `reals` works on two numbers at a time.
alias reals = vec2f;
alias words = vec2u;
alias ints = vec2i;
