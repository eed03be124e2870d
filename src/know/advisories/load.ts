/**
 * A folder → an advisory. A pack is written by people, in haste, about somebody who is in their network: so each mistake is
 * told with its place, costs only the part that it stands in, and the rest is used. Cost: about 50 ms for a pack of fifty
 * behaviours, nearly all of it YAML.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { Problems, readYamlFile, Section, type YamlFile } from '../yaml/index.ts';
import { readBehaviours } from './behaviours.ts';
import { noChain, readChain } from './chain.ts';
import { findPackFiles, isFolder } from './files.ts';
import { type Head, readHead } from './head.ts';
import { limits } from './limits.ts';
import { type RuleTest, readTests } from './tests.ts';
import type { AdvisoryProblem, Behaviour, Chain, LoadedAdvisory } from './types.ts';

/** What could be read of a pack, whether it is enough to hunt with or not: for whoever checks one that is being written. */
export type PackParts = {
  /** Null where the pack does not even say what it is called. */
  readonly head: Head | null;
  readonly behaviours: readonly Behaviour[];
  readonly chain: Chain;
  readonly path: string;
  readonly rules: string | null;
  readonly indicators: string | null;
  readonly problems: readonly AdvisoryProblem[];
  /** As in `LoadedAdvisory`. */
  readonly sha256: string;
};

/** Never throws: a folder that is none is one problem. */
export async function loadAdvisory(path: string): Promise<LoadedAdvisory> {
  const { head, problems, sha256, ...parts } = await readPack(path);
  return { advisory: head === null ? null : { ...head, ...parts }, problems, sha256 };
}

export async function readPack(path: string): Promise<PackParts> {
  const problems = new Problems();
  const here = { path, document: 0, line: 1, column: 1 };
  if (!isFolder(path)) {
    problems.add('error', 'there is no such folder: a pack is a folder with an advisory.yml', here);
    return {
      head: null,
      behaviours: [],
      chain: noChain,
      path,
      rules: null,
      indicators: null,
      problems: problems.all,
      sha256: '',
    };
  }
  const hash = createHash('sha256');
  const files = findPackFiles(path, problems);
  const reader = readerOf(problems);
  const read = async (file: string): Promise<YamlFile | null> => {
    const found = await reader(file);
    if (found !== null) hash.update(relative(path, file)).update('\0').update(found.bytes).update('\0');
    return found;
  };
  const head = headOf(await read(files.advisory), path, problems);
  const behaviours: Behaviour[] = [];
  for (const file of files.behaviours) {
    const from = await read(file);
    if (from !== null) behaviours.push(...readBehaviours(from, problems));
  }
  if (behaviours.length === 0) {
    problems.add('error', 'the pack has no behaviours: write them to behaviours/*.yml', here);
  }
  const single = withoutTwins(behaviours, problems);
  if (files.chain === null) {
    problems.add('warning', 'the pack has no chain.yml: nothing says how its behaviours are linked', here);
  }
  const chainFile = files.chain === null ? null : await read(files.chain);
  const chain = chainFile === null ? noChain : readChain(chainFile, single, problems);
  if (files.indicators !== null) hash.update('indicators.json\0').update(bytesOf(files.indicators));
  return {
    head,
    behaviours: single.map(behaviour => onChain(behaviour, chain, problems)),
    chain,
    path,
    rules: files.rules,
    indicators: files.indicators,
    problems: problems.all,
    sha256: hash.digest('hex'),
  };
}

/**
 * Names all that `loadAdvisory` makes of a folder, and its indicators: which files it has, and what stands in each. Null
 * where that can't be said, because one of them is too large to be read or is no file. Cost: a millisecond; nothing is parsed.
 */
export function packKey(path: string): string | null {
  try {
    const files = findPackFiles(path, new Problems());
    const { advisory, behaviours, chain, indicators } = files;
    const hash = createHash('sha256').update(JSON.stringify([path, files]));
    for (const file of [advisory, ...behaviours, chain ?? [], indicators ?? []].flat()) {
      const stats = statSync(file);
      if (!stats.isFile() || stats.size > limits.indicatorBytes) return null;
      hash.update(createHash('sha256').update(readFileSync(file)).digest());
    }
    return hash.digest('hex');
  } catch {
    return null;
  }
}

/** For the hash alone; nothing where the file can't be read, which whoever parses it tells. */
function bytesOf(path: string): Uint8Array {
  try {
    const { size } = statSync(path);
    return size <= limits.indicatorBytes ? readFileSync(path) : new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

/** Reads files until they are more than a pack may have together. */
function readerOf(problems: Problems): (file: string) => Promise<YamlFile | null> {
  let left = limits.packBytes;
  return async file => {
    const found = await readYamlFile(file, problems, Math.min(left, limits.fileBytes));
    left -= found?.bytes.length ?? 0;
    return found;
  };
}

function headOf(file: YamlFile | null, path: string, problems: Problems): Head | null {
  const section = file === null ? null : Section.of(file.root, 'an advisory', problems);
  const head = section === null ? null : readHead(section);
  const named = basename(resolve(path));
  if (head !== null && head.id !== named) {
    section!.warn(`the id is '${head.id}', but the folder is called '${named}'`, section!.raw('id')?.at);
  }
  return head;
}

/** The tests of a pack, by file. Only who runs them reads them: a hunt has no use for them. */
export async function loadTests(
  folder: string,
): Promise<{ readonly files: readonly TestFile[]; readonly problems: LoadedAdvisory['problems'] }> {
  const problems = new Problems();
  const files: TestFile[] = [];
  const read = readerOf(problems);
  for (const path of findPackFiles(folder, problems).tests) {
    const file = await read(path);
    if (file !== null) files.push({ path, tests: readTests(file, problems) });
  }
  return { files, problems: problems.all };
}

export type TestFile = { readonly path: string; readonly tests: readonly RuleTest[] };

/** The first of each id counts. */
function withoutTwins(behaviours: readonly Behaviour[], problems: Problems): Behaviour[] {
  const first = new Map<string, Behaviour>();
  for (const behaviour of behaviours) {
    const known = first.get(behaviour.id);
    if (known === undefined) first.set(behaviour.id, behaviour);
    else {
      const { path, line } = known.place;
      problems.add(
        'error',
        `${behaviour.id} is already at ${path}:${line}: this one is left out`,
        behaviour.place,
      );
    }
  }
  return [...first.values()];
}

/** A step that the chain does not have is none: the behaviour then stands beside it. */
function onChain(behaviour: Behaviour, chain: Chain, problems: Problems): Behaviour {
  const { step, id, place } = behaviour;
  if (step === null || chain.steps.length === 0 || chain.steps.some(each => each.id === step))
    return behaviour;
  const steps = chain.steps.map(each => each.id).join(', ');
  problems.add('error', `the step '${step}' of ${id} is none of the chain (${steps})`, place);
  return { ...behaviour, step: null };
}
