/** `npm run train:unet [-- --steps 10000 --seed 1 …]`: trains the U-Net that the site ships; `--help` has the options. */
import { runBundled } from './bundle.mjs';

await runBundled('train-unet');
