/** `advisory new`: a small pack to begin with. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { advisoryId } from '../../know/advisories/index.ts';
import { plain, starterFiles } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { CannotRun, type Io } from '../io.ts';

/** Writes the files into a new or empty folder, which the pack is called by. Returns the exit code. */
export function beginAdvisory(folder: string, io: Io): number {
  const id = basename(resolve(folder));
  if (!advisoryId.test(id)) {
    throw new CannotRun(
      `${plain(folder)}: a pack is called by its folder, in small letters, digits and dashes`,
    );
  }
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) {
    throw new CannotRun(`${plain(folder)} is there and not empty; give a new folder`);
  }
  const files = starterFiles({
    id,
    day: new Date(io.now()).toISOString().slice(0, 10),
    ruleId: randomUUID(),
    bundleId: randomUUID(),
    indicatorId: randomUUID(),
  });
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { flag: 'wx' });
    }
  } catch (error) {
    throw new CannotRun(`cannot write to ${plain(folder)}: ${(error as Error).message}`, error);
  }
  const written = [...files.keys()].map(path => `  ${plain(join(folder, path))}\n`).join('');
  io.stderr.write(
    Buffer.from(
      `huntaway: a pack to begin with:\n${written}huntaway: next: huntaway advisory check ${plain(folder)}\n`,
    ),
  );
  return exitCodes.finished;
}
