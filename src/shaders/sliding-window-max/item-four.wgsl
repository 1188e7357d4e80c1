// Four columns at a time, where rows are whole vec4s.
alias item = vec4i;
fn item_ordered(bits: item) -> item { return ordered4(bits); }
