/** How far a result is from its reference: ‖out − ref‖₂ / ‖ref‖₂, the largest single error, the worst row. */
export interface Comparison {
  readonly relError: number;
  readonly maxAbsError: number;
  /** Largest relative error of any one row, against the norm of that row or of an average row if that is larger. */
  readonly worstRow: { readonly row: number; readonly relError: number };
  /** Elements that are NaN or infinite where the reference is not (an unwritten one is), or miss a sentinel. */
  readonly notFinite: number;
}

/** Values of this size stand for "nothing": they must match as f32 and do not enter the norms. */
const SENTINEL = 3e38;

/** `rows` splits both arrays evenly. A zero reference compares absolutely. */
export function compare(out: ArrayLike<number>, ref: ArrayLike<number>, rows = 1): Comparison {
  if (out.length !== ref.length) throw new RangeError(`${out.length} values against ${ref.length}`);
  const width = rows > 0 ? ref.length / rows : 0;
  let total = 0;
  for (let i = 0; i < ref.length; i++) total += Math.abs(ref[i] ?? 0) < SENTINEL ? (ref[i] ?? 0) ** 2 : 0;
  let wrong = 0;
  let maxAbsError = 0;
  let notFinite = 0;
  let worstRow = { row: 0, relError: 0 };
  for (let row = 0; row < rows; row++) {
    let rowWrong = 0;
    let rowNorm = 0;
    for (let i = row * width; i < (row + 1) * width; i++) {
      const r = ref[i] ?? 0;
      const o = out[i] ?? NaN;
      if (Math.abs(r) >= SENTINEL) {
        if (Math.fround(o) !== Math.fround(r)) notFinite++;
        continue;
      }
      if (!Number.isFinite(o)) notFinite++;
      const d = Math.abs(o - r);
      rowWrong += d * d;
      rowNorm += r * r;
      if (!(d <= maxAbsError)) maxAbsError = d;
    }
    const scale = Math.max(rowNorm, total / Math.max(1, rows));
    const relError = Math.sqrt(rowWrong / (scale === 0 ? 1 : scale));
    if (!(relError <= worstRow.relError)) worstRow = { row, relError };
    wrong += rowWrong;
  }
  return { relError: Math.sqrt(wrong / (total === 0 ? 1 : total)), maxAbsError, worstRow, notFinite };
}
