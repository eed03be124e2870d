/**
 * A STIX 2.1 bundle → typed indicators. JSON is YAML, so that the reader of packs gives places here too. An object that is
 * wrong is left out and named; types that say nothing of indicators are passed over.
 */
import { parseTime } from '../../read/events/index.ts';
import type { YamlNode } from '../sigma/index.ts';
import { Section, type YamlFile } from '../yaml/index.ts';
import { type Indicator, type PermittedUse, permittedUses, type Tlp, tlpMarkings } from './types.ts';

/** Indicators of one bundle. */
const MOST = 20_000;

/** Markings whose ids are fixed: TLP 2.0, and the four of TLP 1. */
const markings: ReadonlyMap<string, Tlp> = new Map<string, Tlp>([
  ['marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487', 'clear'],
  ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb', 'green'],
  ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421', 'amber'],
  ['marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003', 'amber+strict'],
  ['marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1', 'red'],
  ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'clear'],
  ['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', 'green'],
  ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', 'amber'],
  ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'red'],
]);

const indicatorId = /^indicator--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type Published = { readonly indicator: Indicator; readonly section: Section };

/** Each with its section, so that whoever compiles it can say what is wrong and where. */
export function readBundle(file: YamlFile, problems: Section['problems']): Published[] {
  const root = Section.of(file.root, 'a STIX bundle', problems);
  if (root === null) return [];
  if (root.text('type') !== 'bundle') root.object("this is no STIX bundle: its 'type' must be bundle");
  const objects = objectsOf(root, problems);
  const reader = new BundleReader(objects);
  const newest = new Map<string, Published>();
  for (const section of objects) {
    if (typeOf(section) !== 'indicator' || newest.size >= MOST) continue;
    const indicator = reader.indicator(section);
    if (indicator === null) continue;
    const known = newest.get(indicator.id);
    // Of several versions of one object the latest counts (STIX 2.1, section 3.6).
    if (known === undefined || known.indicator.modified < indicator.modified) {
      newest.set(indicator.id, { indicator, section });
    }
  }
  return [...newest.values()];
}

function objectsOf(root: Section, problems: Section['problems']): Section[] {
  const node = root.raw('objects');
  if (node?.kind !== 'sequence') {
    root.object("the bundle has no list 'objects'");
    return [];
  }
  return node.items.flatMap((item, index) => Section.of(item, `object ${index + 1}`, problems) ?? []);
}

/** Without a complaint: objects of other types may be anything. */
function scalarOf(section: Section, key: string): string | null {
  const node: YamlNode | null = section.raw(key);
  return node?.kind === 'scalar' ? node.text : null;
}

const typeOf = (section: Section): string | null => scalarOf(section, 'type');

class BundleReader {
  readonly #identities = new Map<string, string>();
  readonly #markings = new Map<string, Tlp>(markings);

  constructor(objects: readonly Section[]) {
    for (const section of objects) {
      const id = scalarOf(section, 'id');
      const name = scalarOf(section, 'name');
      if (id === null || name === null) continue;
      if (typeOf(section) === 'identity') this.#identities.set(id, name);
      const tlp = typeOf(section) === 'marking-definition' ? tlpOf(name) : null;
      if (tlp !== null) this.#markings.set(id, tlp);
    }
  }

  /** Null where it can't be used: a problem says why, but for one that was revoked. */
  indicator(section: Section): Indicator | null {
    if (scalarOf(section, 'revoked') === 'true') return null;
    const id = section.text('id');
    if (id !== '' && !indicatorId.test(id)) {
      section.fail(`the id '${id.slice(0, 60)}' must be indicator-- and a UUID`, section.raw('id')?.at);
    }
    const type = section.text('pattern_type');
    if (type !== '' && type !== 'stix') {
      section.fail(
        `a pattern of the type '${type.slice(0, 20)}' is not read: write it as a rule, or as STIX`,
      );
    }
    const modified = momentOf(section, 'modified') ?? 0;
    const indicator: Indicator = {
      id,
      name: section.optionalText('name') ?? id,
      description: section.optionalText('description'),
      pattern: section.text('pattern'),
      validFrom: this.#validFrom(section),
      validUntil: section.has('valid_until') ? (momentOf(section, 'valid_until') ?? null) : null,
      modified,
      confidence: confidenceOf(section),
      use: useOf(section),
      tlp: this.#tlp(section),
      labels: section.texts('labels').map(({ text }) => text),
      phases: section
        .sections('kill_chain_phases', index => `phase ${index} of ${id}`)
        .map(each => ({ chain: each.text('kill_chain_name'), phase: each.text('phase_name') })),
      author: this.#identities.get(section.optionalText('created_by_ref') ?? '') ?? null,
      references: section
        .sections('external_references', index => `reference ${index} of ${id}`)
        .flatMap(each => scalarOf(each, 'url') ?? []),
      place: section.place,
    };
    if (indicator.validUntil !== null && indicator.validUntil <= indicator.validFrom) {
      section.fail("'valid_until' must lie after 'valid_from'", section.raw('valid_until')?.at);
    }
    return section.broken ? null : indicator;
  }

  #validFrom(section: Section): number {
    if (section.has('valid_from')) return momentOf(section, 'valid_from') ?? 0;
    section.fail("the indicator has no 'valid_from'");
    return 0;
  }

  /** The strictest of its markings. */
  #tlp(section: Section): Tlp | null {
    const ranks = section
      .texts('object_marking_refs')
      .flatMap(({ text }) => this.#markings.get(text) ?? [])
      .map(tlp => tlpMarkings.indexOf(tlp));
    return tlpMarkings[Math.max(-1, ...ranks)] ?? null;
  }
}

/** `TLP:AMBER+STRICT`, as marking definitions are named. */
function tlpOf(name: string): Tlp | null {
  const word = /^tlp:([a-z+]+)$/.exec(name.toLowerCase().replace('white', 'clear'))?.[1];
  return tlpMarkings.find(each => each === word) ?? null;
}

function momentOf(section: Section, key: string): number | undefined {
  const text = section.text(key);
  if (text === '') return undefined;
  const micros = /^\d{4}-\d\d-\d\dT.*Z$/.test(text) ? parseTime(text) : undefined;
  if (micros === undefined) {
    section.fail(`'${key}' must be a moment in UTC, such as 2026-11-24T00:00:00Z`, section.raw(key)?.at);
  }
  return micros;
}

function confidenceOf(section: Section): number | null {
  const node = section.raw('confidence');
  if (node === null) return null;
  const value = node.kind === 'scalar' && /^\d{1,3}$/.test(node.text) ? Number(node.text) : 101;
  if (value <= 100) return value;
  section.object("'confidence' must be a whole number from 0 to 100", node.at);
  return null;
}

const USE = 'x_huntaway_use';

/** Beside the others, or in an extension as STIX 2.1 wants custom properties. */
function useOf(section: Section): PermittedUse | null {
  if (section.has(USE)) return section.word(USE, permittedUses);
  const extensions = section.section('extensions', "'extensions'");
  for (const { key } of extensions?.node.entries ?? []) {
    const extension = extensions!.raw(key.text);
    if (extension?.kind !== 'mapping') continue;
    const inside = Section.of(extension, `the extension ${key.text}`, section.problems)!;
    if (inside.has(USE)) return inside.word(USE, permittedUses);
  }
  return null;
}
