// Philox4x32-10 (Salmon et al., SC'11), bit for bit as the host has it: block i of the stream (seed, stream).

fn multiply_high(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let middle = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let other = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (other >> 16u);
}

fn philox(block: u32, seed: u32, stream: u32) -> vec4u {
  var c = vec4u(block, 0u, 0u, 0u);
  var k = vec2u(seed, stream);
  for (var round = 0u; round < 10u; round++) {
    c = vec4u(multiply_high(0xcd9e8d57u, c.z) ^ c.y ^ k.x, 0xcd9e8d57u * c.z,
      multiply_high(0xd2511f53u, c.x) ^ c.w ^ k.y, 0xd2511f53u * c.x);
    k += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}
