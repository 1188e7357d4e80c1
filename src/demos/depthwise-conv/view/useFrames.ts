/** Hands a camera's frames to the session in its turn, and counts those that it has shown. */
import { useState } from 'react';
import type { Image } from '@/lib/image';
import { PictureSession } from '../base';
import type { View } from './types';

export function useFrames({ ask }: Pick<View, 'ask'>): {
  readonly frames: number;
  readonly onFrame: (frame: Image) => Promise<void>;
} {
  const [frames, setFrames] = useState(0);
  const onFrame = async (frame: Image): Promise<void> => {
    try {
      await ask(async (session, signal) => {
        if (session instanceof PictureSession) await session.show(frame, signal);
      });
      setFrames((count) => count + 1);
    } catch (error) {
      // Parameters moved meanwhile: the next frame is for them.
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
    }
  };
  return { frames, onFrame };
}
