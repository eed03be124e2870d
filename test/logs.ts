/** Reading real logs and real rules in tests. */
import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule, RuleDocument } from '../src/know/sigma/index.ts';
import { parseRules } from '../src/know/sigma/parser.ts';
import { type LazyEvent, ReadContext } from '../src/read/events/index.ts';
import { type SourceReader, sources } from '../src/read/sources/index.ts';
import { sharedData } from './shared.ts';

/** Files below a folder whose names end so, sorted, as full paths. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith(ending))
    .sort()
    .map(path => join(folder, path));
}

/** Calls `visit` with every event of the files of one type, which is valid only until it returns. */
export function eachEvent(
  paths: readonly string[],
  visit: (event: LazyEvent, path: string) => void,
  type = 'evtx',
): void {
  const source = sources.find(candidate => candidate.name === type)!;
  readEvents(source.open(new ReadContext()), paths, visit);
}

/** The same with a reader that is open. */
export function readEvents(
  reader: SourceReader,
  paths: readonly string[],
  visit: (event: LazyEvent, path: string) => void,
): void {
  for (const path of paths) {
    const fd = openSync(path, 'r');
    try {
      const sink = { event: (event: LazyEvent) => visit(event, path), damaged: () => {}, unparsed: () => {} };
      for (const _ of reader.readFile(fd, 0, statSync(path).size, sink));
    } finally {
      closeSync(fd);
    }
  }
}

let documents: readonly RuleDocument[] | undefined;

/** Every document of every rule file of the real rule set; parsed once per process (about a second). */
export function sharedDocuments(): readonly RuleDocument[] {
  documents ??= readdirSync(sharedData('sigma'))
    .filter(name => name.startsWith('rules'))
    .flatMap(name => filesBelow(sharedData(join('sigma', name)), '.yml'))
    .flatMap(path => parseRules(readFileSync(path, 'utf8'), path));
  return documents;
}

export function sharedRules(): readonly Rule[] {
  return sharedDocuments().filter(document => document.kind === 'rule');
}
