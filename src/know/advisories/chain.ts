/** `chain.yml`: the steps, how one leads to another, and which of them together are an intrusion. */
import { nearest, Section, type YamlFile } from '../yaml/index.ts';
import { parseSpan } from './durations.ts';
import { limits } from './limits.ts';
import { type Behaviour, type Chain, type ChainLink, type Join, joins } from './types.ts';

export const noChain: Chain = { steps: [], links: [], intrusion: [], suspected: [] };

const stepId = /^[a-z][a-z0-9-]{0,39}$/;

/** What is known when the chain is read: links name behaviours as well as steps. */
export function readChain(
  file: YamlFile,
  behaviours: readonly Behaviour[],
  problems: Section['problems'],
): Chain {
  const root = Section.of(file.root, 'the chain', problems);
  if (root === null) return noChain;
  const steps = root.sections('steps', index => `step ${index}`).flatMap(readStep);
  warnOfTwins(root, steps, 'step');
  const stepIds = new Set(steps.map(({ id }) => id));
  const ids = new Set([...stepIds, ...behaviours.map(({ id }) => id)]);
  const links = root
    .sections('links', index => `link ${index}`)
    .slice(0, limits.links)
    .flatMap(section => readLink(section, ids));
  warnOfTwins(root, links, 'link');
  const verdicts = root.section('verdicts', "'verdicts'");
  const sets = (key: string): string[][] =>
    verdicts === null ? [] : readSets(verdicts, key, stepIds, steps.length > 0);
  const chain = { steps, links, intrusion: sets('intrusion'), suspected: sets('suspected') };
  verdicts?.close();
  root.close();
  return chain;
}

function readStep(section: Section): Chain['steps'] {
  const step = { id: section.text('id'), title: section.text('title') };
  if (step.id !== '' && !stepId.test(step.id)) {
    section.fail(`the step '${step.id.slice(0, 40)}' must be small letters, digits and dashes`);
  }
  section.close();
  return section.broken ? [] : [step];
}

function readLink(section: Section, ids: ReadonlySet<string>): ChainLink[] {
  const id = section.text('id');
  const ends = (key: 'from' | 'to'): string[] => {
    if (!section.has(key)) section.fail(`the link '${id}' has no '${key}'`);
    return section.texts(key).flatMap(({ text, at }) => {
      if (ids.has(text)) return [text];
      section.fail(`'${text.slice(0, 40)}' is neither a step nor a behaviour${meant(text, ids)}`, at);
      return [];
    });
  };
  const link: ChainLink = {
    id,
    from: ends('from'),
    to: ends('to'),
    on: readJoins(section, id),
    within: readWithin(section, id),
    ordered: section.flag('ordered', true),
    basis: section.text('basis'),
  };
  section.close();
  if (section.broken) section.object(`the link '${id}' is left out: something in it is wrong`);
  return section.broken ? [] : [link];
}

function readJoins(section: Section, id: string): Join[] {
  if (!section.has('on')) section.fail(`the link '${id}' has no 'on': it must say what joins its two ends`);
  return section.texts('on').flatMap(({ text, at }) => {
    const join = joins.find(each => each === text);
    if (join !== undefined) return [join];
    section.fail(`'${text.slice(0, 40)}' is no way to join${meant(text, joins)}`, at);
    return [];
  });
}

function readWithin(section: Section, id: string): number | null {
  const text = section.optionalText('within');
  if (text === null) {
    section.fail(`the link '${id}' has no 'within': write 90s, 12h, 7d or ever`);
    return null;
  }
  const span = parseSpan(text);
  if (span !== undefined) return span;
  section.fail(
    `'${text.slice(0, 40)}' is no span of time: write 90s, 12h, 7d or ever`,
    section.raw('within')?.at,
  );
  return null;
}

/** Lists of steps; one that names something else is left out. */
function readSets(section: Section, key: string, steps: ReadonlySet<string>, isKnown: boolean): string[][] {
  return section.lists(key).flatMap(({ items, at }) => {
    const names = items.map(({ text }) => text);
    const odd = items.find(({ text }) => !steps.has(text));
    if (odd !== undefined && isKnown) {
      section.object(`'${odd.text.slice(0, 40)}' is no step${meant(odd.text, steps)}`, odd.at);
      return [];
    }
    if (names.length > 0) return [names];
    section.object('the list is empty', at);
    return [];
  });
}

function warnOfTwins(root: Section, all: readonly { readonly id: string }[], what: string): void {
  const seen = new Set<string>();
  for (const { id } of all) {
    if (seen.has(id)) root.object(`the ${what} '${id}' is there twice`);
    seen.add(id);
  }
}

function meant(given: string, words: Iterable<string>): string {
  const word = nearest(given, words);
  return word === null ? '' : `: did you mean '${word}'?`;
}
