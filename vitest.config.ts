import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    isolate: false,
    pool: 'threads',
    // One for each of the gate's two cores: by default Vitest leaves one of them idle.
    maxWorkers: 2,
    testTimeout: 60_000,
    reporters: [['default', { summary: false }], './test/reporter.ts'],
  },
});

export default config;
