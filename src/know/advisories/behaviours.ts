/** `behaviours/*.yml`: what the actor does, what shows it, and what looks like it. */
import { nearest, Section, type YamlFile } from '../yaml/index.ts';
import { limits } from './limits.ts';
import {
  type Behaviour,
  exposures,
  gravities,
  type NeededSource,
  placesOfAct,
  showings,
  stages,
} from './types.ts';

const behaviourId = /^[A-Z][A-Z0-9]{1,7}-[A-Z0-9]{1,8}-[0-9]{2,4}$/;
const attackId = /^T\d{4}(?:\.\d{3})?$/;

/** The behaviours of one file; what is broken is left out and named. */
export function readBehaviours(file: YamlFile, problems: Section['problems']): Behaviour[] {
  const root = Section.of(file.root, 'a file of behaviours', problems);
  if (root === null) return [];
  if (!root.has('behaviours')) root.fail("the file has no list 'behaviours'");
  const behaviours = root
    .sections('behaviours', index => `behaviour ${index}`)
    .slice(0, limits.behaviours)
    .flatMap(readBehaviour);
  root.close();
  return behaviours;
}

function readBehaviour(section: Section): Behaviour[] {
  const id = section.text('id');
  if (id !== '' && !behaviourId.test(id)) {
    section.fail(
      `the id '${id.slice(0, 40)}' must be the pack, the stage and a number: VT-CA-01`,
      section.raw('id')?.at,
    );
  }
  const behaviour: Behaviour = {
    id,
    title: section.text('title'),
    stage: section.requiredWord('stage', stages, 'execution'),
    step: section.optionalText('step'),
    gravity: section.requiredWord('gravity', gravities, 'weak'),
    exposes: section.word('exposes', exposures),
    attack: readAttack(section),
    attackReplaced: readReplaced(section),
    sources: section.sections('sources', index => `source ${index} of ${id}`).flatMap(readSource),
    rules: section.texts('rules').map(({ text }) => text),
    lookalikes: section
      .sections('lookalikes', index => `look-alike ${index} of ${id}`)
      .flatMap(each => {
        const lookalike = { what: each.text('what'), apart: each.text('apart') };
        each.close();
        return each.broken ? [] : [lookalike];
      }),
    ask: readAsk(section, id),
    fetch: section.optionalText('fetch'),
    notObservable: section.optionalText('not-observable'),
    ...onlyOn(section.word('only-on', placesOfAct)),
    place: section.place,
  };
  section.close();
  if (section.broken) {
    section.object(`${id === '' ? 'this behaviour' : id} is left out: something in it is wrong`);
    return [];
  }
  return [behaviour];
}

function readAttack(section: Section): string[] {
  return section.texts('attack').flatMap(({ text, at }) => {
    if (attackId.test(text)) return [text];
    section.object(`'${text.slice(0, 40)}' is no ATT&CK technique: write T1003 or T1003.003`, at);
    return [];
  });
}

function readReplaced(section: Section): Record<string, string> {
  const replaced: Record<string, string> = {};
  const known = new Set(readKnown(section));
  for (const { key, text, at } of section.section('attack-v19', "'attack-v19'")?.pairs() ?? []) {
    if (!attackId.test(key) || !attackId.test(text)) {
      section.object("'attack-v19' must be technique: technique, such as T1070.001: T1685.005", at);
    } else if (!known.has(key)) {
      const meant = nearest(key, known);
      section.warn(`'attack' does not name ${key}${meant === null ? '' : `: did you mean ${meant}?`}`, at);
    } else replaced[key] = text;
  }
  return replaced;
}

function readKnown(section: Section): string[] {
  return section.texts('attack').map(({ text }) => text);
}

function readSource(section: Section): NeededSource[] {
  const source: NeededSource = {
    channel: section.text('channel'),
    eventIds: section.integers('event-ids', 65_535),
    fields: section.texts('fields').map(({ text }) => text),
    enable: section.optionalText('enable'),
    ...showsOf(section.word('shows', showings)),
  };
  section.close();
  return section.broken ? [] : [source];
}

function onlyOn(only: Behaviour['only'] | null): Pick<Behaviour, 'only'> {
  return only == null ? {} : { only };
}

function showsOf(shows: NeededSource['shows'] | null): Pick<NeededSource, 'shows'> {
  return shows == null ? {} : { shows };
}

const placeholders: ReadonlySet<string> = new Set(['host', 'account', 'time']);

function readAsk(section: Section, id: string): Behaviour['ask'] {
  const ask = section.section('ask', `'ask' of ${id}`);
  if (ask === null) return null;
  const whom = ask.text('whom');
  const question = ask.text('question');
  for (const [, name] of question.matchAll(/\{([^{}]{0,40})\}/g)) {
    if (placeholders.has(name!)) continue;
    const meant = nearest(name!, placeholders);
    const remedy = meant === null ? 'use {host}, {account} or {time}' : `did you mean {${meant}}?`;
    ask.object(`{${name}} is not known: ${remedy}`, ask.raw('question')?.at);
  }
  ask.close();
  return ask.broken ? null : { whom, question };
}
