/** `--attrs` of `lab op`: JSON held against the kernel's declarations, with defaults filled in. */
import type { Attribute } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { usage } from './args';

export function parseAttrs(
  declared: Readonly<Record<string, Attribute>>,
  json: string | undefined,
): Record<string, unknown> {
  const attrs = Object.fromEntries(Object.entries(declared).map(([name, a]) => [name, a.default as unknown]));
  for (const [name, value] of Object.entries(objectOf(json))) {
    const attribute = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (!attribute) {
      throw new LabError('attr.unknown', { name, allowed: Object.keys(declared).join(', ') || 'none' });
    }
    if (!fits(attribute, value)) {
      throw new LabError('attr.value', { name, got: textOf(value), allowed: allowedOf(attribute) });
    }
    attrs[name] = value;
  }
  return attrs;
}

/** JSON has no word for what overflowed. */
const textOf = (value: unknown): string =>
  typeof value === 'number' ? String(value) : JSON.stringify(value);

function objectOf(json = '{}'): object {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw usage(`--attrs is not JSON: ${json.slice(0, 60)}; allowed: an object, as in {"causal": true}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw usage(`--attrs is ${json.slice(0, 60)}; allowed: an object, as in {"causal": true}`);
}

function fits(attribute: Attribute, value: unknown): boolean {
  // Leaving an attribute open is the same as not giving it, where that is allowed.
  if (value === null) return attribute.default === null;
  switch (attribute.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return isNumber(value, attribute);
    case 'choice':
      return typeof value === 'string' && attribute.options.includes(value);
    case 'numbers': {
      if (typeof value === 'string') return attribute.words?.includes(value) ?? false;
      const whole = { integer: true, ...(attribute.min === undefined ? {} : { min: attribute.min }) };
      if (!Array.isArray(value)) return isNumber(value, whole);
      return attribute.lengths.includes(value.length) && value.every((item) => isNumber(item, whole));
    }
  }
}

interface Bounds {
  readonly integer?: boolean;
  readonly min?: number;
  readonly max?: number;
}

function isNumber(value: unknown, { integer, min = -Infinity, max = Infinity }: Bounds): value is number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return (!integer || Number.isSafeInteger(value)) && value >= min && value <= max;
}

export function allowedOf(attribute: Attribute): string {
  switch (attribute.kind) {
    case 'boolean':
      return 'true, false';
    case 'choice':
      return attribute.options.map((option) => JSON.stringify(option)).join(', ');
    case 'number':
      return `${attribute.integer ? 'a whole number' : 'a number'}${bounds(attribute)}`;
    case 'numbers': {
      const words = (attribute.words ?? []).map((word) => `${JSON.stringify(word)}, `).join('');
      return `${words}a whole number${bounds(attribute)}, or a list of ${attribute.lengths.join(' or ')}`;
    }
  }
}

function bounds({ min, max }: Bounds): string {
  if (min === undefined) return max === undefined ? '' : ` up to ${max}`;
  return max === undefined ? ` from ${min}` : ` from ${min} to ${max}`;
}
