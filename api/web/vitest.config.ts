import { defineConfig, mergeConfig } from 'vitest/config';
import pages from './vite.config.ts';

export default mergeConfig(
  pages,
  defineConfig({
    test: {
      environment: 'jsdom',
      include: ['{desk,portal,shared}/**/*.test.{ts,tsx}'],
      setupFiles: ['./shared/testSetup.ts'],
    },
  }),
);
