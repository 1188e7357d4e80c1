struct Point {
  x: reals,
  y: reals,
}

const LOWEST = -3.4028234663852886e38;
