/** A worker of the page's pool: references and baselines. */
import { expose } from 'comlink';
import { cpuWorker } from '@/shaders/cpu-worker';

expose(cpuWorker());
