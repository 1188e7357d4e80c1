/** Node waits for the GPU without keeping a core busy. */
import { performance as node } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { openTestDevice } from './testing';

test('a wait for the GPU leaves the event loop idle', async () => {
  const device = await openTestDevice();
  const { gpu } = device;
  const pipeline = await gpu.createComputePipelineAsync({
    layout: 'auto',
    compute: {
      module: gpu.createShaderModule({
        code: `@group(0) @binding(0) var<storage, read_write> y: array<f32>;
          @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
            var x = f32(id.x);
            for (var i = 0; i < 20000; i++) { x = fract(x * 1.37 + 0.1); }
            y[id.x] = x;
          }`,
      }),
    },
  });
  const y = gpu.createBuffer({ size: 4 * 2 ** 14, usage: GPUBufferUsage.STORAGE });
  const group = gpu.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer: y } }],
  });
  const dispatch = async () => {
    const encoder = gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(2 ** 8);
    pass.end();
    gpu.queue.submit([encoder.finish()]);
    await gpu.queue.onSubmittedWorkDone();
  };
  await dispatch();
  const before = node.eventLoopUtilization();
  const started = performance.now();
  while (performance.now() - started < 500) await dispatch();
  expect(node.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  y.destroy();
  device.close();
});
