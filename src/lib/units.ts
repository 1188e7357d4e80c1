/** Numbers with units, for sentences. */
const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytesText(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1024 && step < steps.length - 1) {
    value /= 1024;
    step++;
  }
  return `${step === 0 || Number.isInteger(value) ? value : value.toPrecision(3)} ${steps[step] ?? ''}`;
}
