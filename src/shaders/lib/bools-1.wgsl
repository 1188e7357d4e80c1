// What comparisons of `reals` give.
alias bools = bool;
