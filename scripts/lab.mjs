/**
 * `npm run --silent lab -- …`: the headless laboratory. Installs the packages if they are missing, bundles src/cli
 * anew when a source has changed, and runs the bundle in this process. Stdout belongs to the laboratory alone.
 */
import { runBundled } from './bundle.mjs';

await runBundled('main');
