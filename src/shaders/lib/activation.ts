/** What kernels apply to a finished sum, chosen by a parameter so that it is one pipeline. */
import type { Attribute, Shader } from '@/gpu/kernel';
import activatedCode from './activated.wgsl?raw';
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

/** `activation_of(which, x)`; where `which` is a constant, what is not asked for need not be compiled. */
export const activationShader: Shader = {
  file: 'lib/activation.wgsl',
  code: activationCode,
  uses: [{ file: 'lib/functions.wgsl', code: functionsCode }],
};

/** `activated(x)`; wants `activation`, the place in `activations`, among the pass's parameters. */
export const activatedShader: Shader = {
  file: 'lib/activated.wgsl',
  code: activatedCode,
  uses: [activationShader],
};
