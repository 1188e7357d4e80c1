/** Puts pixels that a kernel painted (rgba8, one u32 each, row-major) onto a canvas or a texture. */
import type { Device } from './device';
import type { DeviceTensor } from './scope';

const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read> pixels: array<u32>;
@group(0) @binding(1) var<uniform> source: vec4u; // width, height of the pixels; width, height of the target
@vertex fn corner(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i & 1u) * 4.0 - 1.0, f32(i >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}
@fragment fn paint(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let place = min(vec2u(at.xy * vec2f(source.xy) / vec2f(source.zw)), source.xy - vec2u(1u));
  return unpack4x8unorm(pixels[place.y * source.x + place.x]);
}`;

interface Blit {
  readonly pipeline: GPURenderPipeline;
  readonly uniforms: GPUBuffer;
}
const blits = new WeakMap<Device, Map<GPUTextureFormat, Blit>>();

/** The size to paint at: the target's, or smaller at the same shape where a side would be longer than `most`. */
export function fitted(
  target: GPUTexture,
  most: number,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, most / target.width, most / target.height);
  return {
    width: Math.max(1, Math.floor(target.width * scale)),
    height: Math.max(1, Math.floor(target.height * scale)),
  };
}

/** @param pixels shape [height, width] */
export function present(device: Device, pixels: DeviceTensor, target: GPUTexture): void {
  const { pipeline, uniforms } = blitOf(device, target.format);
  const [height = 0, width = 0] = pixels.shape;
  device.gpu.queue.writeBuffer(uniforms, 0, new Uint32Array([width, height, target.width, target.height]));
  const bindGroup = device.gpu.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [
      { binding: 0, resource: { buffer: pixels.buffer } },
      { binding: 1, resource: { buffer: uniforms } },
    ],
  });
  const encoder = device.gpu.createCommandEncoder();
  const pass = encoder.beginRenderPass({
    colorAttachments: [{ view: target.createView(), loadOp: 'clear', storeOp: 'store' }],
  });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.draw(3);
  pass.end();
  device.gpu.queue.submit([encoder.finish()]);
}

function blitOf(device: Device, format: GPUTextureFormat): Blit {
  const byFormat = blits.get(device) ?? new Map<GPUTextureFormat, Blit>();
  blits.set(device, byFormat);
  let blit = byFormat.get(format);
  if (!blit) {
    const module = device.gpu.createShaderModule({ code });
    const pipeline = device.gpu.createRenderPipeline({
      layout: 'auto',
      vertex: { module, entryPoint: 'corner' },
      fragment: { module, entryPoint: 'paint', targets: [{ format }] },
    });
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    blit = { pipeline, uniforms: device.runtime.buffer('blit', 16, usage) };
    byFormat.set(format, blit);
  }
  return blit;
}
