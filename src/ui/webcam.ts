/**
 * The reader's camera as frames of a wanted size. A frame that comes while the one before is still being worked on is
 * dropped, so that no queue builds up; a hidden tab gets none; whoever stops it gives the camera back.
 */
import { LabError } from '@/lib/errors';
import type { Image } from '@/lib/image';

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Done when another frame may come. */
export type OnFrame = (frame: Image) => Promise<void> | void;

/** Throws `camera.insecure`, `camera.refused`, `camera.none` or `camera.busy`. */
export async function openCamera(): Promise<MediaStream> {
  // Outside secure contexts there is no such object, whatever its type says.
  const devices = (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices;
  if (!devices) throw new LabError('camera.insecure');
  try {
    return await devices.getUserMedia({
      video: { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: 'user' },
    });
  } catch (error) {
    throw refusalOf(error);
  }
}

/** By the names that the Media Capture specification gives its errors. */
export function refusalOf(error: unknown): LabError {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return new LabError('camera.refused');
  if (name === 'SecurityError') return new LabError('camera.insecure');
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return new LabError('camera.none');
  return new LabError('camera.busy');
}

/** The largest middle part of a picture that has the wanted shape: x, y, width, height. */
export function middleOf(from: FrameSize, wanted: FrameSize): [number, number, number, number] {
  const scale = Math.min(from.width / wanted.width, from.height / wanted.height);
  const [width, height] = [scale * wanted.width, scale * wanted.height];
  return [(from.width - width) / 2, (from.height - height) / 2, width, height];
}

export interface Feed {
  /** Of the frames that follow. */
  size: FrameSize;
  /** As in a mirror. */
  mirrored: boolean;
}

export interface Camera {
  /** Frames handed over, and frames dropped because the one before was not done. */
  readonly counts: { readonly shown: number; readonly dropped: number };
  /** Gives the camera back; no frame follows. */
  stop(): void;
}

/**
 * Hands frames of a running stream to `onFrame`, as `feed` asks at that moment. `onEnd` hears why it ended by itself:
 * `camera.ended`, or what `onFrame` threw.
 */
export async function follow(
  stream: MediaStream,
  feed: Feed,
  onFrame: OnFrame,
  onEnd: (error: unknown) => void,
): Promise<Camera> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const counts = { shown: 0, dropped: 0 };
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  let busy = false;
  const stopping = new AbortController();
  const isStopped = (): boolean => stopping.signal.aborted;
  const stop = (): void => {
    stopping.abort();
    video.srcObject = null;
    for (const track of stream.getTracks()) track.stop();
  };
  const end = (error: unknown): void => {
    if (isStopped()) return;
    stop();
    onEnd(error);
  };
  const take = (): Image => {
    const { width, height } = feed.size;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.setTransform(feed.mirrored ? -1 : 1, 0, 0, 1, feed.mirrored ? width : 0, 0);
    const from = { width: video.videoWidth, height: video.videoHeight };
    context.drawImage(video, ...middleOf(from, feed.size), 0, 0, width, height);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  };
  const tick = (): void => {
    if (isStopped()) return;
    video.requestVideoFrameCallback(tick);
    // Timers of a hidden tab go on in some browsers; its frames are nobody's.
    if (document.hidden || video.videoWidth === 0) return;
    if (busy) {
      counts.dropped++;
      return;
    }
    busy = true;
    counts.shown++;
    Promise.resolve()
      .then(() => onFrame(take()))
      .then(() => (busy = false), end);
  };
  for (const track of stream.getTracks())
    track.addEventListener('ended', () => end(new LabError('camera.ended')));
  try {
    await video.play();
  } catch (error) {
    // A stream that was stopped while it started was stopped on purpose.
    if (!isStopped()) {
      stop();
      throw refusalOf(error);
    }
  }
  tick();
  return { counts, stop };
}
