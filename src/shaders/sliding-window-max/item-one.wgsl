// One column at a time.
alias item = i32;
fn item_ordered(bits: item) -> item { return ordered(bits); }
