/** `npm run evaluate:signs`: how the shipped classifier of signs, and a linear one, do on images of another seed. */
import { runBundled } from './bundle.mjs';

await runBundled('evaluate-signs');
