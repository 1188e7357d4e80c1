// What comparisons of `reals` give.
alias bools = vec4<bool>;
