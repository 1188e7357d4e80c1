/** The page's one GPU device: opened when first needed, kept over navigation and hot reloads, replaced when lost. */
import { createStore, get, set } from 'idb-keyval';
import { wrap } from 'comlink';
import { Device } from '@/gpu/device';
import { memoryStore, Tuner, type TuningStore } from '@/gpu/tuner';
import { Pool, type CpuWorker, type WorkerHandle } from '@/lib/pool';
import { Turns } from '@/lib/turns';
import { obstacle } from '../doctor/diagnose';

const hot = import.meta.hot?.data as { device?: Promise<Device> } | undefined;
let opened = hot?.device;

/** Throws a `LabError` that the doctor understands. */
export function openDevice(): Promise<Device> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  if (hot) hot.device = opened;
  return opened;
}

async function open(): Promise<Device> {
  const hasWebGpu = 'gpu' in navigator;
  const problem = obstacle({ secure: isSecureContext, hasWebGpu, userAgent: navigator.userAgent });
  if (problem) throw problem;
  const device = await Device.open(navigator.gpu);
  void device.lost.then(() => {
    opened = undefined;
  });
  return device;
}

function spawn(): WorkerHandle {
  const worker = new Worker(new URL('./cpu.worker.ts', import.meta.url), { type: 'module' });
  return { worker: wrap<CpuWorker>(worker), terminate: () => worker.terminate() };
}

/** All cores, as the baseline says: the page itself has little to do meanwhile, and the system gives it its turn. */
export const pool = new Pool(Math.max(1, navigator.hardwareConcurrency), spawn);

/** Winners are kept in the browser; where storage is forbidden, for as long as the page lives. */
function tuningStore(): TuningStore {
  const fallback = memoryStore();
  try {
    const store = createStore('tilewise-tuning', 'winners');
    return {
      get: (key) => get<string>(key, store).catch(() => fallback.get(key)),
      set: (key, winner) => set(key, winner, store).catch(() => fallback.set(key, winner)),
    };
  } catch {
    return fallback;
  }
}

export const tuner = new Tuner(tuningStore());

/** Whatever runs on this page runs in turn: there is one GPU. */
export const turns = new Turns();
