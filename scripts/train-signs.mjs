/** `npm run train:signs [-- --steps 3000 --seed 1 …]`: trains the classifier of signs that the site ships; `--help` has the options. */
import { runBundled } from './bundle.mjs';

await runBundled('train-signs');
