/** A worker thread of the command line: references and CPU baselines. */
import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { cpuWorker } from '@/shaders/cpu-worker';

if (!parentPort) throw new Error('this file is a worker');
expose(cpuWorker(), nodeEndpoint(parentPort));
