import { defineConfig } from 'vitest/config';
import { defineHere, resolve, root } from './scripts/vite-shared.ts';

// Mesa complains on every device without it.
process.env.XDG_RUNTIME_DIR ??= '/tmp';

export default defineConfig({
  root,
  resolve,
  define: defineHere,
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.{ts,mjs}', 'bench/**/*.test.ts'],
    environment: 'node',
    // Kernels run on a software adapter wherever there is no GPU.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Side by side within a file, on machines of two cores: more would only run each other out of time.
    maxConcurrency: 2,
  },
});
