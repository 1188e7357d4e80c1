// Arithmetic written over `reals` works on one number at a time.
alias reals = f32;
alias words = u32;
alias ints = i32;
fn places(i: u32) -> words { return i; }
