import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    isolate: false,
    pool: 'threads',
    testTimeout: 60_000,
    reporters: [['default', { summary: false }], './test/reporter.ts'],
  },
});

export default config;
