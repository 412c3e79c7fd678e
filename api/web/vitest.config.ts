import { defineConfig, mergeConfig } from 'vitest/config';
import pages from './vite.config.ts';

export default mergeConfig(
  pages,
  defineConfig({
    test: {
      // Machines that build at the same time are slow; a test that hangs still ends.
      testTimeout: 20_000,
      environment: 'jsdom',
      include: ['{desk,portal,shared}/**/*.test.{ts,tsx}'],
      setupFiles: ['./shared/testSetup.ts'],
    },
  }),
);
