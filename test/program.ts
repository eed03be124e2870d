/** The built program, for tests that run it as a process of its own. Needs the build (`npm test` makes it first). */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const bin: string = fileURLToPath(new URL('../bin/huntaway.js', import.meta.url));

const built = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** What the program said; `code` is null where a signal ended it. */
export type Result = { readonly code: number | null; readonly out: string; readonly err: string };

/** Throws where the program is not built. */
export function requireBuild(): void {
  if (!existsSync(built)) throw new Error('the program is not built: npm run build');
}
