/** What kernels apply to a finished sum, chosen by a parameter so that it is one pipeline. */
import type { Attribute, Shader } from '@/gpu/kernel';
import activationCode from './activation.wgsl?raw';
import functionsCode from './functions.wgsl?raw';

export const activations = [
  'none',
  'relu',
  'gelu',
  'silu',
  'relu6',
  'hard-swish',
  'sigmoid',
  'hard-sigmoid',
] as const;
export type Activation = (typeof activations)[number];

export const activationAttr: Attribute = { kind: 'choice', default: 'none', options: activations };

/** `activated(x)`; wants `activation`, the place in `activations`, among the pass's parameters. */
export const activationShader: Shader = {
  file: 'lib/activation.wgsl',
  code: activationCode,
  uses: [{ file: 'lib/functions.wgsl', code: functionsCode }],
};
