/** `lab model`: one forward pass of a network. No network is registered yet. */
import { usage } from '../args';
import type { Command } from '../laboratory';

export const model: Command = {
  summary: 'one forward pass of a network (none is registered yet)',
  usage: '<name> --weights w.safetensors --in x.safetensors --out y.safetensors',
  run: (_lab, [name = '']) =>
    Promise.reject(usage(`there is no model "${name}"; no model is registered in this version`)),
};
