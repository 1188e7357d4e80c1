/** A picture of what a session draws, from the GPU's own pixels rather than from the screen. */
import type { Camera, Session } from '@/lab/session';

type Drawing = Required<Pick<Session, 'draw'>>;

export async function capture(device: GPUDevice, session: Drawing, camera: Camera): Promise<Blob> {
  const { width, height } = camera;
  // Rows of a copy are multiples of 256 bytes.
  const pitch = Math.ceil((width * 4) / 256) * 256;
  const texture = device.createTexture({
    size: [width, height],
    format: 'rgba8unorm',
    usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
  });
  const buffer = device.createBuffer({
    size: pitch * height,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  try {
    session.draw(texture, camera);
    const encoder = device.createCommandEncoder();
    encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: pitch }, [width, height]);
    device.queue.submit([encoder.finish()]);
    await buffer.mapAsync(GPUMapMode.READ);
    const padded = new Uint8Array(buffer.getMappedRange());
    const image = new ImageData(width, height);
    for (let y = 0; y < height; y++) {
      image.data.set(padded.subarray(y * pitch, y * pitch + width * 4), y * width * 4);
    }
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    texture.destroy();
    buffer.destroy();
  }
}
