/** TensorFlow.js on its WASM backend, one thread with SIMD: what kernels' `wasm.ts` compute with. */
import * as tf from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { BaselineInput } from '@/gpu/kernel';

export const wasmTitle = `TensorFlow.js WASM ${version_wasm}, SIMD, one thread`;

let started: Promise<void> | undefined;

export function wasmReady(): Promise<void> {
  started ??= (async () => {
    // In Node the library finds its binaries beside itself.
    if (!import.meta.env.SSR) {
      setWasmPaths({
        'tfjs-backend-wasm.wasm': plainUrl,
        'tfjs-backend-wasm-simd.wasm': simdUrl,
        'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
      });
    }
    setThreadsCount(1);
    await tf.setBackend('wasm');
    await tf.ready();
  })();
  return started;
}

export const wasmTensor = ({ data, shape }: BaselineInput): tf.Tensor => tf.tensor(data, [...shape]);
