/**
 * While anything is awaited, dawn.node asks for news in every turn of Node's event loop, through `setImmediate`: a core
 * that is busy waiting, and on a CPU adapter one of those that compute. Asking once a millisecond leaves it to them.
 */
let installed = false;

/** Before Dawn is opened in Node. A script's own callbacks keep their `setImmediate`. */
export function pollSparingly(): void {
  if (installed) return;
  installed = true;
  const { setImmediate } = globalThis;
  const sparingly = (task: (...args: unknown[]) => void, ...args: unknown[]): unknown =>
    isNative(task) ? setTimeout(task, 1, ...args) : setImmediate(task, ...args);
  globalThis.setImmediate = Object.assign<object, typeof setImmediate>(sparingly, setImmediate);
}

const isNative = (task: (...args: unknown[]) => void): boolean =>
  Function.prototype.toString.call(task).includes('[native code]');
