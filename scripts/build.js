/**
 * Builds `dist/` from `src/`. Two hundred small modules are good to read and slow to load: resolving and opening
 * them costs a third of the time a hunt on one file takes. So they are joined into a few, cut where the program
 * imports lazily; nothing is minified, so that a stack trace still reads. Types are checked apart (`npm run check`).
 *
 * Usage: node scripts/build.js
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../', import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

rmSync(`${root}dist`, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: { main: 'src/cli/main.ts', worker: 'src/run/hunt/worker.ts' },
  platform: 'node',
  external: Object.keys(dependencies),
  // No module of ours acts by being imported, so a word taken through a room's door does not load the room.
  treeshake: { moduleSideEffects: false },
});
// One folder, no subfolders: `new URL('./worker.js', import.meta.url)` holds in whichever file it lands.
await bundle.write({
  dir: 'dist',
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
});
await bundle.close();

// The script of the findings page: one text that the page carries inside. Nothing in it may end its element.
const live = await rolldown({
  cwd: root,
  input: 'src/tell/page/live/main.ts',
  platform: 'browser',
  external: /^node:/,
  treeshake: { moduleSideEffects: false },
});
await live.write({ file: 'dist/page-live.js', format: 'iife', comments: false });
await live.close();

// The manual page is made by the program itself; `man` in package.json names it, so that a global install brings it along.
const page = execFileSync(process.execPath, [`${root}dist/main.js`, 'man']);
writeFileSync(`${root}dist/huntaway.1`, page);
