/** Gives shared pieces (canvas, scrubber, `<Try>`) what they need of the page they stand on. */
import { useMemo, useRef, type ReactNode } from 'react';
import { LabContext } from '@/ui/context';
import { usePage, usePageState } from '../run/usePage';
import { address } from '../root';
import { useSettings } from '../settings';

export const STAGE = 'stage';

export function PageLab({ children }: { readonly children: ReactNode }) {
  const page = usePage();
  const device = usePageState((state) => state.device);
  const { lang, dark, reducedMotion } = useSettings();
  const pictureRef = useRef<(() => Promise<Blob>) | null>(null);
  const lab = useMemo(
    (): LabContext => ({
      lang,
      t: (text) => text[lang],
      dark,
      reducedMotion,
      device: device?.gpu ?? null,
      set: page.set,
      openFile: (param, file) => void page.takeFile(param, file),
      asset: address,
      showStage: () =>
        document
          .getElementById(STAGE)
          ?.scrollIntoView({ behavior: reducedMotion ? 'auto' : 'smooth', block: 'start' }),
      pictureRef,
    }),
    [lang, dark, reducedMotion, device, page],
  );
  return <LabContext value={lab}>{children}</LabContext>;
}
