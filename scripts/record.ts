/** The record beside shipped weights: JSON in the form that `npm run format` gives, small objects on a line each. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

export const recordOf = (weights: string): string => weights.replace(/(\.safetensors)?$/, '.json');

const WIDEST = 100;

export async function writeRecord(file: string, record: object): Promise<void> {
  const text = JSON.stringify(record, null, 2).replace(/\{\n([^{}[\]]*)\n\s*\}/g, (whole, inner: string) => {
    const line = `{ ${inner.trim().replace(/\n\s*/g, ' ')} }`;
    return line.length > WIDEST ? whole : line;
  });
  writeFileSync(file, await format(text, { parser: 'json', printWidth: 110 }));
}

export const readRecord = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

/** The seeds of all trainings that weights went through, the last one first. */
export function seedsOf(record: Record<string, unknown>): number[] {
  const { seed } = record.training as { seed: number };
  return [seed, ...(record.before ? seedsOf(record.before as Record<string, unknown>) : [])];
}
