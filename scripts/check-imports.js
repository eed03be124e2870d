/**
 * Holds the house in order: imports go down only, and into another folder only through its door.
 *
 * Rooms are listed low to high; a file may import its own room and lower ones. A folder with an `index.ts`
 * is entered through it by everybody who lives outside that folder. Nobody but `cli` knows of drills: what detects must
 * not be able to ask what was staged. Tests tell the whole story and may reach
 * anywhere, but the product never imports a test.
 *
 * Usage: node scripts/check-imports.js   (exit 1 and a line per offence)
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const rooms = ['state', 'read', 'know', 'match', 'judge', 'tell', 'share', 'run', 'cli'];
const root = fileURLToPath(new URL('../src/', import.meta.url));
const drills = join(root, 'run', 'drill') + sep;
const importPattern =
  /^(?:import|export)\b[^'"]*?from\s*['"](\.[^'"]+)['"]|\bimport\(\s*['"](\.[^'"]+)['"]\s*\)/gm;

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
  .map(entry => join(entry.parentPath, entry.name))
  .sort();

const roomOf = file => relative(root, file).split(sep)[0];

/** The outermost folder between `from` and `to` that has a door and does not hold `from`, or null. */
function closedFolder(from, to) {
  const steps = relative(root, dirname(to)).split(sep);
  let folder = root;
  for (const step of steps) {
    folder = join(folder, step);
    if (!from.startsWith(folder + sep) && existsSync(join(folder, 'index.ts'))) return folder;
  }
  return null;
}

const offences = [];
let imports = 0;
for (const file of files) {
  if (file.endsWith('.test.ts')) continue;
  const text = readFileSync(file, 'utf8');
  for (const match of text.matchAll(importPattern)) {
    imports++;
    const target = join(dirname(file), match[1] ?? match[2]);
    const line = text.slice(0, match.index).split('\n').length;
    const at = `${relative(process.cwd(), file)}:${line}`;
    if (!target.startsWith(root)) {
      offences.push(`${at}: leaves src/ (${match[1] ?? match[2]})`);
      continue;
    }
    if (target.endsWith('.test.ts')) offences.push(`${at}: the product imports a test`);
    const [from, to] = [rooms.indexOf(roomOf(file)), rooms.indexOf(roomOf(target))];
    if (from < 0 || to < 0) offences.push(`${at}: a room that is not in the list of ${import.meta.url}`);
    else if (to > from)
      offences.push(`${at}: ${roomOf(file)} imports ${roomOf(target)}, which lies above it`);
    if (target.startsWith(drills) && !file.startsWith(drills) && roomOf(file) !== 'cli') {
      offences.push(`${at}: imports a drill, which nothing that detects may know`);
    }
    const closed = closedFolder(file, target);
    if (closed !== null && target !== join(closed, 'index.ts')) {
      offences.push(`${at}: enters ${relative(root, closed)} past its door (import its index.ts)`);
    }
  }
}

for (const offence of offences) console.error(offence);
console.log(`${files.length} files, ${imports} imports, ${offences.length} against the direction`);
if (offences.length > 0) process.exitCode = 1;
