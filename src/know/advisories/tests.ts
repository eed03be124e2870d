/** `tests/<name of the rule file>.yml`: events that a rule must match, and others that it must not. */
import type { Place, YamlNode } from '../sigma/index.ts';
import { Section, type YamlFile } from '../yaml/index.ts';
import { limits } from './limits.ts';

const expectations = ['match', 'none'] as const;

/** One test of a rule: events as flat JSON objects, and whether they are to match. */
export type RuleTest = {
  readonly name: string;
  readonly expect: (typeof expectations)[number];
  /** Id or title of the document that is tested; null = the correlations of the rule file, else its rules. */
  readonly rule: string | null;
  readonly events: readonly Readonly<Record<string, JsonValue>>[];
  readonly place: Place;
};

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export function readTests(file: YamlFile, problems: Section['problems']): RuleTest[] {
  if (file.root.kind !== 'sequence') {
    const place = problems.placeOf(file.root.at);
    problems.add('error', 'a file of tests must be a list of maps: - name, expect, event', place);
    return [];
  }
  return file.root.items.flatMap((node, index) => {
    const section = Section.of(node, `test ${index + 1}`, problems);
    return section === null ? [] : readTest(section);
  });
}

function readTest(section: Section): RuleTest[] {
  const name = section.text('name');
  const expect = section.requiredWord('expect', expectations, 'match');
  const rule = section.optionalText('rule');
  const events = readEvents(section);
  section.close();
  return section.broken ? [] : [{ name, expect, rule, events, place: section.place }];
}

function readEvents(section: Section): Readonly<Record<string, JsonValue>>[] {
  const one = section.raw('event');
  const many = section.raw('events');
  if ((one === null) === (many === null)) {
    section.fail("a test has either 'event' (one) or 'events' (a list, each with its EventTime)");
    return [];
  }
  const nodes = one !== null ? [one] : many!.kind === 'sequence' ? many!.items : [many!];
  if (nodes.length > limits.events) {
    section.fail(`a test has at most ${limits.events} events`);
    return [];
  }
  return nodes.flatMap(node => {
    const value = jsonOf(node);
    if (node.kind === 'mapping') return [value as Readonly<Record<string, JsonValue>>];
    section.fail('an event must be a map of fields', node.at);
    return [];
  });
}

/** Numbers that JavaScript holds exactly; others stay text. */
const plainNumber = /^-?(?:0|[1-9]\d{0,14})$/;

function jsonOf(node: YamlNode): JsonValue {
  switch (node.kind) {
    case 'sequence':
      return node.items.map(jsonOf);
    case 'mapping':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, jsonOf(value)]));
    case 'scalar':
      if (node.type === 'null') return null;
      if (node.type === 'boolean') return node.text.toLowerCase() === 'true';
      return node.type === 'number' && plainNumber.test(node.text) ? Number(node.text) : node.text;
  }
}
