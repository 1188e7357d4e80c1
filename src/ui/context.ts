/** What shared pieces know of the page they stand on, so that views need not hand it down. */
import { createContext, use } from 'react';
import type { Lang, Text } from '@/lib/text';
import type { Params } from '@/lab/schema';

export interface LabContext {
  readonly lang: Lang;
  readonly t: (text: Text) => string;
  readonly dark: boolean;
  readonly reducedMotion: boolean;
  /** The device that the session runs on; null where there is none. */
  readonly device: GPUDevice | null;
  readonly set: (patch: Params) => void;
  /** Hands a file of the reader's own to a file parameter, as the control panel does. */
  readonly openFile: (param: string, file: File) => void;
  /** The address of a file that the site ships beside its code: `asset('weights/x.safetensors')`. */
  readonly asset: (path: string) => string;
  /** Scrolls back to the view, so that what a `<Try>` changed is seen. */
  readonly showStage: () => void;
  /** The canvas that "Export → PNG" takes registers itself here. */
  readonly pictureRef: { current: (() => Promise<Blob>) | null };
}

export const LabContext = createContext<LabContext>({
  lang: 'en',
  t: (text) => text.en,
  dark: false,
  reducedMotion: false,
  device: null,
  set: () => undefined,
  openFile: () => undefined,
  asset: (path) => path,
  showStage: () => undefined,
  pictureRef: { current: null },
});

export const useLab = (): LabContext => use(LabContext);
