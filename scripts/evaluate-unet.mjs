/** `npm run evaluate:unet`: measures the shipped U-Net and appends the figures to its record; `--help` has the options. */
import { runBundled } from './bundle.mjs';

await runBundled('evaluate-unet');
