/** `npm run train:grid`: trains small EfficientNets over width, depth and resolution; goes on where it stopped. */
import { runBundled } from './bundle.mjs';

await runBundled('train-grid');
