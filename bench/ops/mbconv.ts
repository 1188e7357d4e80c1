/** A whole MBConv block with squeeze-and-excitation, as in EfficientNet-B0's fourth stage, f32. */
import { opOf } from '../vision/task';

export const op = opOf('mbconv');
