// The first two words of several Philox4x32-10 blocks at once (philox.wgsl, Salmon et al., SC'11). Written over `reals`.

struct Words {
  first: words,
  second: words,
}

fn multiply_high_of(a: u32, b: words) -> words {
  let high = b >> words(16u);
  let low = b & words(0xffffu);
  let middle = (a >> 16u) * low + (((a & 0xffffu) * low) >> words(16u));
  let other = (a & 0xffffu) * high + (middle & words(0xffffu));
  return (a >> 16u) * high + (middle >> words(16u)) + (other >> words(16u));
}

fn philox_of(block: words, seed: u32, stream: u32) -> Words {
  var x = block;
  var y = words(0u);
  var z = words(0u);
  var w = words(0u);
  var k = vec2u(seed, stream);
  for (var round = 0u; round < 10u; round++) {
    let p = multiply_high_of(0xd2511f53u, x) ^ w ^ words(k.y);
    let q = multiply_high_of(0xcd9e8d57u, z) ^ y ^ words(k.x);
    y = 0xcd9e8d57u * z;
    w = 0xd2511f53u * x;
    x = q;
    z = p;
    k += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return Words(x, y);
}
