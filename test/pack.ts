/** An advisory pack for tests: the one that `advisory new` writes, in a folder that goes away with the test. */
import { join } from 'node:path';
import { starterFiles } from '../src/tell/index.ts';
import { scratch } from './scratch.ts';

export const packRule = '7b1f3c52-0c49-4d5a-9d0f-3f2d6f1a7c10';
export const packIndicator = 'indicator--0a7c1d3e-5b2f-4c86-8e7d-9f10a2b3c4d5';

/** Path below the pack → content. */
export const packFiles: Readonly<Record<string, string>> = Object.fromEntries(
  starterFiles({
    id: 'river-fox',
    day: '2026-11-24',
    ruleId: packRule,
    bundleId: '5b9b9d5e-0b53-4b0e-8f2e-0d4a1f2b3c4d',
    indicatorId: packIndicator.slice('indicator--'.length),
  }),
);

/** Writes a pack called river-fox; `changes` replaces files, null leaves one out. Gives its folder. */
export function writePack(changes: Readonly<Record<string, string | null>> = {}): string {
  const files = Object.entries({ ...packFiles, ...changes }).flatMap(([path, content]) =>
    content === null ? [] : [[`river-fox/${path}`, content] as const],
  );
  return join(scratch(Object.fromEntries(files)), 'river-fox');
}

/** The file of the pack with `from` replaced. */
export function packWith(path: string, from: string, to: string): string {
  const content = packFiles[path]!;
  if (!content.includes(from)) throw new Error(`${path} does not hold '${from}'`);
  return writePack({ [path]: content.replace(from, to) });
}
