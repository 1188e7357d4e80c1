/** What keeps a file from being the checkpoint of a network, in words. */
import type { SafetensorsFile, Stored } from '@/lib/safetensors';
import type { Text } from '@/lib/text';
import type { NamedShape } from './names/names';

/** Names in one part of the sentence; the rest is counted. */
const NAMED = 6;
/** How many batches a norm has seen does not matter any more, nor do heads that only training uses (GoogLeNet's). */
const IGNORED = /\.num_batches_tracked$|^aux[12]\./;
const floats: readonly Stored['stored'][] = ['F64', 'F32', 'F16', 'BF16'];

/** A linear layer may come as a convolution of one pixel. */
const sameShape = (got: readonly number[], needed: readonly number[]): boolean =>
  needed.every((size, axis) => got[axis] === size) && got.slice(needed.length).every((size) => size === 1);

/** Undefined where every tensor is there and no other. */
export function difference(needed: readonly NamedShape[], { tensors }: SafetensorsFile): Text | undefined {
  const missing = needed.filter(({ name }) => !tensors.has(name));
  const known = new Set(needed.map(({ name }) => name));
  const extra = [...tensors.keys()].filter((name) => !known.has(name) && !IGNORED.test(name));
  const other = needed.flatMap(({ name, shape }) => {
    const got = tensors.get(name);
    if (!got || (sameShape(got.shape, shape) && floats.includes(got.stored))) return [];
    return [{ name, got: `${got.stored} [${got.shape.join(', ')}]`, shape: `[${shape.join(', ')}]` }];
  });
  const parts = [
    list(
      missing.map(({ name }) => same(name)),
      (n) => ({ en: `${n} missing`, zh: `缺少 ${n} 个` }),
    ),
    list(
      other.map(({ name, got, shape }) => ({
        en: `${name} is ${got}, needed: ${shape} of floats`,
        zh: `${name} 是 ${got}，需要浮点 ${shape}`,
      })),
      (n) => ({ en: `${n} of another shape or type`, zh: `形状或类型不符 ${n} 个` }),
    ),
    list(extra.map(same), (n) => ({ en: `${n} unknown`, zh: `多余 ${n} 个` })),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return { en: parts.map(({ en }) => en).join('; '), zh: parts.map(({ zh }) => zh).join('；') };
}

const same = (name: string): Text => ({ en: name, zh: name });

function list(items: readonly Text[], counted: (n: number) => Text): Text | undefined {
  if (items.length === 0) return undefined;
  const shown = items.slice(0, NAMED);
  const rest = items.length - shown.length;
  const { en, zh } = counted(items.length);
  return {
    en: `${en} (${shown.map((item) => item.en).join(', ')}${rest > 0 ? `, and ${rest} more` : ''})`,
    zh: `${zh}（${shown.map((item) => item.zh).join('、')}${rest > 0 ? `，另有 ${rest} 个` : ''}）`,
  };
}
