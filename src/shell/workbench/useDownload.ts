/** The kernel as a file of its own, for this case. */
import { useState } from 'react';
import type { Device } from '@/gpu/device';
import type { KernelRoom } from '@/gpu/kernel';
import type { Texts } from '@/lab/editLink';
import { MOST_EMBEDDED, standalone, tensorBytes } from '@/shaders/workbench/standalone';
import { bytes } from '@/ui/format';
import { pool } from '../run/gpu';
import { useSettings } from '../settings';
import { download } from '../share/download';
import type { Setup } from './setup';
import { useSay } from './useText';

export function useDownload(
  { kernel }: KernelRoom,
  device: Device,
  { inputs, choice, problem, variant, plan }: Setup,
  edits: Texts,
): { readonly save: () => void; readonly tooLarge: string | undefined } {
  const say = useSay();
  const { lang } = useSettings();
  const [refused, setRefused] = useState<{ readonly size: number; readonly of: unknown }>();
  const save = (): void => {
    const size = tensorBytes(inputs);
    setRefused(size > MOST_EMBEDDED ? { size, of: inputs } : undefined);
    if (size > MOST_EMBEDDED) return;
    const { test } = choice;
    void standalone({
      ...{ kernel, variant, plan, problem, inputs, test, edits, lang, caps: device.caps },
      reference: (rows) => pool.reference(kernel.name, inputs, test.attrs, rows),
    }).then((html) => download(`${kernel.name}-${variant}.html`, new Blob([html], { type: 'text/html' })));
  };
  return {
    save,
    tooLarge:
      refused?.of === inputs
        ? say('downloadLarge', { size: bytes(refused.size), limit: bytes(MOST_EMBEDDED) })
        : undefined,
  };
}
