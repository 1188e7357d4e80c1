/** Forward passes of whole networks with random weights, one image of 224 × 224, f32. */
import { opOf } from '../vision/task';

export const op = opOf('network.mobilenet-v2', 'network.efficientnet-b0');
