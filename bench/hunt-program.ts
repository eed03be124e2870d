/** Hunts with the program as it is built, as a user would. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/huntaway.js', import.meta.url));
const exitsOfAHunt = [0, 1, 3];

/** Nothing may depend on when the bench runs. */
const fixed = ['--workers', '1', '--as-of', '2026-11-24T00:00:00Z', '--quiet', '--format', 'table'];

/** Resolves when the hunt is done, whatever it found; rejects with the end of what it said where it failed. */
export function hunt(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, 'hunt', ...args, ...fixed], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => {
      said = (said + bytes.toString()).slice(-2000);
    });
    child.on('error', reject);
    child.on('exit', code => {
      if (code !== null && exitsOfAHunt.includes(code)) resolve();
      else reject(new Error(`the hunt ended with ${code}: ${said}`));
    });
  });
}
