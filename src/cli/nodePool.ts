/** The pool of CPU workers in Node: worker threads that run worker.ts. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { Pool, type CpuWorker, type WorkerHandle } from '@/lib/pool';

export const openPool = (): Pool => new Pool(availableParallelism(), spawn);

function spawn(): WorkerHandle {
  // Beside main.js in the bundle.
  const thread = new Worker(new URL('./worker.js', import.meta.url));
  const remote = wrap<CpuWorker>(nodeEndpoint(thread));
  // A worker that dies answers no call.
  const died = new Promise<never>((_resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`a CPU worker ended with status ${code}`)));
  });
  died.catch(() => undefined);
  const call = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, died]);
  return {
    worker: {
      reference: (kernel, inputs, attrs, rows) => call(remote.reference(kernel, inputs, attrs, rows)),
      load: (kernel, competitor, inputs, attrs) => call(remote.load(kernel, competitor, inputs, attrs)),
      run: (rows) => call(remote.run(rows)),
      outputs: () => call(remote.outputs()),
    },
    terminate: () => void thread.terminate(),
  };
}
