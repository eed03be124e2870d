/**
 * Ends a test run with what did not run and one plain line of counts, `N passed, N failed`,
 * taken from the runner's own results, so that a script (and a person) can read the outcome
 * without parsing the runner's decoration.
 */
import type { Reporter, TestModule } from 'vitest/node';

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    const skipped: string[] = [];
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        if (state === 'passed') passed++;
        else if (state === 'failed') failed++;
        else skipped.push(`${module.relativeModuleId} > ${test.fullName}`);
      }
    }
    if (skipped.length > 0) {
      const byFile = new Map<string, number>();
      for (const name of skipped) {
        const file = name.slice(0, name.indexOf(' > '));
        byFile.set(file, (byFile.get(file) ?? 0) + 1);
      }
      console.log(
        `\n${skipped.length} skipped (real logs and rules are looked for in ../shared, a browser as chromium):`,
      );
      for (const [file, count] of byFile) console.log(`  ${file}: ${count}`);
    }
    console.log(`\n${passed} passed, ${failed} failed`);
  }
}
