/**
 * The bundle, held against what STIX 2.1 requires (by checks of our own: OASIS publishes its schemas for no package
 * manager), against what it must never say, and against itself: the same hunt, the same bytes.
 */
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, evidence, intrusion } from '../../../test/intrusions.ts';
import type { CaseView, Evidence, Intrusion, Reach, Visibility } from '../../judge/index.ts';
import { loadAdvisory } from '../../know/advisories/index.ts';
import type { FactType, FactValues } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { canonical, observableId, uuid5 } from './ids.ts';
import { type StixInput, stixText } from './index.ts';
import { shortTime } from './objects.ts';

type Stix = { readonly type: string; readonly id: string; readonly [property: string]: unknown };

const path = fileURLToPath(new URL('../../../advisories/volt-typhoon', import.meta.url));
const advisory = (await loadAdvisory(path)).advisory!;
const theft = advisory.behaviours.find(({ id }) => id === 'VT-CA-01')!;
const cleared = advisory.behaviours.find(({ attack }) => attack.includes('T1070.001'))!;

const command = 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q';
const started = fact('e1', 'process-start', {
  account: 'WAIRUA\\adm.hollis',
  pid: 4242,
  parentPid: 900,
  image: 'C:\\Windows\\System32\\ntdsutil.exe',
  parentImage: 'C:\\Windows\\System32\\cmd.exe',
  commandLine: command,
  directory: 'C:\\Windows\\Temp\\',
});
const entered = fact('e2', 'logon', { sourceIp: '198.51.100.23', sourceHost: 'JUMP1', logonType: 3 });
const read = fact('e3', 'share-access', {
  share: '\\\\*\\ADMIN$',
  file: 'Temp\\pro.zip',
  sourceIp: '2001:db8::7',
});
const changed = fact('e4', 'event', { file: 'HKLM\\System\\CurrentControlSet\\Services\\PortProxy' });
const story = intrusion({
  evidence: [
    { ...started, behaviour: theft },
    entered,
    { ...read, behaviour: theft },
    { ...changed, behaviour: cleared },
  ],
  links: [{ from: 'e1', to: 'e2', reason: 'the same logon 0x7b3a11' }],
});
const full = input({ intrusions: [story], operator: 'Wairua Energy' });

describe('ids', () => {
  it('are those of RFC 9562 and of STIX', () => {
    expect(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
    const source = observableId('ipv4-addr', { value: '198.51.100.23' });
    const folder = observableId('directory', { path: 'C:\\Windows\\Temp' });
    // As OASIS's own library for Python names the same things.
    expect([
      source,
      folder,
      observableId('file', { parent_directory_ref: folder, name: 'pro.zip' }),
      observableId('user-account', { account_login: 'WAIRUA\\adm.hollis', account_type: 'windows-domain' }),
      observableId('network-traffic', {
        start: shortTime(at('2026-10-08T01:52:13Z')),
        src_ref: source,
        protocols: ['ipv4'],
      }),
    ]).toEqual([
      'ipv4-addr--cec0294c-86c8-52cc-8448-ba43593736df',
      'directory--65bf9886-c2fc-5ab1-b872-66a740617647',
      'file--58ead82d-ec91-56fe-998c-828f738284d2',
      'user-account--c5bf6a0d-9837-5121-9508-686ee412d71b',
      'network-traffic--69bc6f22-48d2-5719-9668-aff44de5de23',
    ]);
  });

  it('do not hang on the order of properties', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()))),
        value => {
          const turned = Object.fromEntries(Object.entries(value).toReversed());
          expect(canonical(turned)).toBe(canonical(value));
          expect(JSON.parse(canonical(value))).toEqual(
            JSON.parse(JSON.stringify(value).replace(/\\ud[89a-f]\w\w/g, '\ufffd')),
          );
        },
      ),
    );
  });
});

describe('a bundle', () => {
  it.each([
    ['of an intrusion', full],
    ['of nothing', input({})],
    ['of evidence that names nothing', input({ intrusions: [intrusion({ evidence: [nameless()] })] })],
    ['of a confirmed case', input({ intrusions: [story], cases: [confirmed()] })],
    ['of a drill', input({ intrusions: [intrusion({ evidence: [evidence({ host: 'HWDRILL-DC1' })] })] })],
  ])('has what STIX requires: %s', (_, given) => {
    checkBundle(stixText(given));
  });

  it('has what STIX requires whatever the logs say', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\\', 'C:\\', '::1', 'a\\b', '', '\ud800', 'HKLM'),
    );
    const values = fc.record(
      {
        account: text,
        sourceIp: fc.oneof(text, fc.ipV4(), fc.ipV6()),
        sourceHost: text,
        pid: fc.double(),
        image: text,
        commandLine: text,
        directory: text,
        parentImage: text,
        share: text,
        file: text,
        target: text,
      },
      { requiredKeys: [] },
    );
    const types = fc.constantFrom<FactType>('process-start', 'logon', 'share-access', 'tunnel', 'event');
    fc.assert(
      fc.property(
        types,
        values,
        text,
        fc.option(text),
        fc.double({ noNaN: true }),
        (type, given, host, account, micros) => {
          const one = { ...fact('e', type, given), host, account, micros };
          checkBundle(stixText(input({ intrusions: [intrusion({ evidence: [one] })] })));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is the same bytes for the same hunt, whatever the hour', () => {
    expect(stixText({ ...full, ended: 5 })).toBe(stixText(full));
  });

  it('speaks of the host, the account, the processes and the files of a process start', () => {
    const [host, user, process, parent] = firstObserved(full);
    expect([host, user, process, parent].map(each => each!.type)).toEqual([
      'domain-name',
      'user-account',
      'process',
      'process',
    ]);
    expect(host).toMatchObject({ value: 'dc1.wairua.test' });
    expect(user).toMatchObject({ account_type: 'windows-domain', account_login: 'WAIRUA\\adm.hollis' });
    expect(process).toMatchObject({
      pid: 4242,
      command_line: command,
      cwd: 'C:\\Windows\\Temp\\',
      created_time: '2026-10-08T01:52:13Z',
      creator_user_ref: user!.id,
      parent_ref: parent!.id,
    });
  });

  it('writes files below their folders and registry keys by their names in full', () => {
    const objects = parsed(full);
    const file = objects.find(({ name, type }) => type === 'file' && name === 'pro.zip')!;
    const folder = objects.find(({ id }) => id === file.parent_directory_ref)!;
    expect(folder).toMatchObject({ type: 'directory', path: '\\\\*\\ADMIN$\\Temp' });
    expect(ofType(full, 'windows-registry-key')[0]).toMatchObject({
      key: 'HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Services\\PortProxy',
    });
  });

  it('tells arrivals as traffic from their source to the host', () => {
    const traffic = ofType(full, 'network-traffic');
    expect(traffic.map(({ protocols }) => protocols)).toEqual([['ipv4'], ['ipv6']]);
    const objects = parsed(full);
    expect(objects.find(({ id }) => id === traffic[0]!.src_ref)).toMatchObject({ value: '198.51.100.23' });
    expect(objects.find(({ id }) => id === traffic[0]!.dst_ref)).toMatchObject({ value: 'dc1.wairua.test' });
  });

  it('names the record that an observation rests on', () => {
    const [observed] = ofType(full, 'observed-data');
    const [extension] = Object.values(observed!.extensions as object);
    expect(extension).toMatchObject({
      host: 'dc1.wairua.test',
      channel: 'Security',
      event_id: 4688,
      record_id: 48_212,
    });
  });

  it('sights each behaviour once, with its techniques of v18 and what v19 calls them', () => {
    const sightings = ofType(full, 'sighting');
    expect(sightings.map(({ count }) => count)).toEqual([2, 1]);
    const patterns = sightings.map(
      ({ sighting_of_ref }) => parsed(full).find(({ id }) => id === sighting_of_ref)!,
    );
    expect(patterns.map(({ name }) => name)).toEqual([theft.title, cleared.title]);
    const ids = (patterns[1]!.external_references as { external_id: string }[]).map(each => each.external_id);
    expect(ids).toEqual([cleared.id, 'T1070.001', 'T1685.005']);
  });

  it('says that evidence is related only where a reason links it', () => {
    const related = ofType(full, 'relationship').filter(each => each.relationship_type === 'related-to');
    expect(related.map(({ description }) => description)).toEqual(['the same logon 0x7b3a11']);
  });

  it('attributes nothing', () => {
    const toActor = ofType(full, 'relationship').filter(({ target_ref }) =>
      String(target_ref).startsWith('intrusion-set'),
    );
    expect(toActor).toHaveLength(2);
    for (const { relationship_type, source_ref, confidence } of toActor) {
      expect([relationship_type, confidence]).toEqual(['indicates', 15]);
      expect(source_ref).toMatch(/^attack-pattern--/);
    }
    expect(stixText(full)).not.toMatch(/attributed-to|threat-actor/);
  });

  it('makes an incident only of what a person confirmed', () => {
    expect(ofType(full, 'incident')).toEqual([]);
    const asked: CaseView = { ...confirmed(), state: 'asked' };
    expect(ofType(input({ intrusions: [story], cases: [asked] }), 'incident')).toEqual([]);
    const [incident] = ofType(input({ intrusions: [story], cases: [confirmed()] }), 'incident');
    expect(incident).toMatchObject({ created: '2026-11-03T08:00:00.000Z' });
    expect(incident!.description).toContain('became aware of it at 2026-11-03T08:00:00.000000Z');
  });

  it('marks what a drill wrote, and nothing else', () => {
    const drill = intrusion({
      evidence: [evidence({ host: 'hwdrill-dc1.drill.example', behaviour: theft })],
    });
    const labelled = parsed(input({ intrusions: [drill] })).filter(({ labels }) => labels !== undefined);
    expect(labelled.map(({ type }) => type)).toEqual([
      'observed-data',
      'sighting',
      'note',
      'grouping',
      'note',
    ]);
    expect(stixText(full)).not.toContain('huntaway-drill');
  });

  it('masks secrets, also where the reader asked to reveal them', () => {
    const secret = 'net use \\\\fs1\\c$ /user:WAIRUA\\adm Hunter22!';
    const one = {
      ...fact('e1', 'process-start', { commandLine: secret, image: 'net.exe' }),
      example: secret,
    };
    const text = stixText(
      input({ intrusions: [intrusion({ evidence: [one], for: [secret], story: [secret] })] }),
    );
    expect(text).not.toContain('Hunter22!');
    expect(text).toContain('***');
  });

  it('writes nothing that a terminal obeys', () => {
    const hostile = 'a\u001b[31m\u202eb\u0007<script>';
    const one = { ...fact('e1', 'process-start', { commandLine: hostile, file: hostile }), account: hostile };
    const text = stixText(
      input({ intrusions: [intrusion({ evidence: [one], summary: hostile })], operator: hostile }),
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
    expect(JSON.parse(text).objects.some((each: Stix) => each.command_line === hostile)).toBe(true);
  });

  it('says who hunted, and that nobody said it', () => {
    expect(ofType(full, 'identity').map(({ name }) => name)).toEqual(['Huntaway', 'Wairua Energy']);
    expect(ofType(full, 'sighting').every(each => each.where_sighted_refs !== undefined)).toBe(true);
    const unnamed = { ...full, operator: null };
    expect(ofType(unnamed, 'identity').map(({ name }) => name)).toEqual(['Huntaway']);
    expect(ofType(unnamed, 'sighting').some(each => each.where_sighted_refs !== undefined)).toBe(false);
  });
});

describe('notes', () => {
  it('say of nothing found that it shows no absence', () => {
    const [note] = ofType(input({}), 'note');
    expect(note!.content).toBe(
      'Nothing found.\nReached OT: could not see: no plant host has logs\nNothing found on 3 of 60 hosts, back 31 hours. This does not show absence.',
    );
    expect(note!.created).toBe('2026-11-02T00:00:00.000Z');
  });

  it('say what speaks for an intrusion, what against, what would settle it, and where the case stands', () => {
    const view: CaseView = { ...confirmed(), state: 'dismissed' };
    const [note] = ofType(input({ intrusions: [story], cases: [view] }), 'note');
    expect(String(note!.content).split('\n')).toEqual([
      `For: ${story.for[0]}`,
      'Against: nothing that these logs show',
      `Would settle it: ${story.settle[0]}`,
      'Case: dismissed.',
    ]);
  });

  it('say how much was left out, and keep the weightiest', () => {
    const many = Array.from({ length: 2500 }, (_, i) => ({
      ...fact(`e${i}`, 'event', { file: `C:\\f${i}` }),
      micros: at('2026-10-08T01:52:13Z') + i,
      weight: i,
    }));
    const timeless = { ...many[0]!, id: 'none', micros: NO_TIME };
    const given = input({ intrusions: [intrusion({ evidence: [...many, timeless] })] });
    const text = stixText(given);
    const objects: readonly Stix[] = JSON.parse(text).objects;
    const names = objects.filter(({ type }) => type === 'file').map(({ name }) => name);
    expect(names).toHaveLength(2000);
    expect([names.includes('f499'), names.includes('f500')]).toEqual([false, true]);
    const content = String(objects.at(-1)!.content);
    expect(content).toContain('Left out, the least weighty: 500 of 2501 pieces of evidence.');
    expect(content).toContain('because their records say no time: 1 of 2501 pieces of evidence.');
    expect(text.length).toBeLessThan(10_000_000);
  });
});

/** What the specification requires of each type that we write, beside the common properties. */
const required: Readonly<Record<string, readonly string[]>> = {
  'marking-definition': ['created', 'name', 'extensions'],
  identity: ['name'],
  'extension-definition': ['name', 'schema', 'version', 'extension_types', 'created_by_ref'],
  'observed-data': ['first_observed', 'last_observed', 'number_observed', 'object_refs'],
  'attack-pattern': ['name'],
  'intrusion-set': ['name'],
  grouping: ['context', 'object_refs'],
  note: ['content', 'object_refs'],
  incident: ['name'],
  sighting: ['sighting_of_ref'],
  relationship: ['relationship_type', 'source_ref', 'target_ref'],
  'ipv4-addr': ['value'],
  'ipv6-addr': ['value'],
  'domain-name': ['value'],
  'user-account': [],
  directory: ['path'],
  file: ['name'],
  software: ['name'],
  process: [],
  'windows-registry-key': ['key'],
  'network-traffic': ['protocols'],
};
const observables = new Set(Object.keys(required).slice(11));
const id = /^([a-z\d-]+)--[\da-f]{8}-[\da-f]{4}-[1-5][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/;

function checkBundle(text: string): void {
  const bundle = JSON.parse(text);
  expect(Object.keys(bundle)).toEqual(['type', 'id', 'objects']);
  expect(bundle.id).toMatch(id);
  const ids = new Set<string>(bundle.objects.map((each: Stix) => each.id));
  expect(ids.size).toBe(bundle.objects.length);
  expect(new Set([...ids].map(each => each.split('--')[1])).size).toBe(ids.size);
  for (const object of bundle.objects as Stix[]) checkObject(object, ids);
}

function checkObject(object: Stix, ids: ReadonlySet<string>): void {
  const { type } = object;
  expect(id.exec(object.id)?.[1], object.id).toBe(type);
  expect(required[type], type).toBeDefined();
  expect(object).toMatchObject({ spec_version: '2.1' });
  for (const property of required[type]!) expect(object[property], `${type}.${property}`).toBeTruthy();
  if (type !== 'marking-definition') expect(object.object_marking_refs).toHaveLength(1);
  if (!observables.has(type)) {
    expect(object.created).toMatch(/\.\d{3}Z$/);
    if (type !== 'marking-definition') expect(object.modified).toBe(object.created);
  }
  // Beside its id, type and version an observable has to say something.
  expect(Object.keys(object).length).toBeGreaterThan(4);
  for (const [property, value] of Object.entries(object)) {
    expect(property).toMatch(/^[a-z][a-z_\d]{1,249}$/);
    expect(value, `${type}.${property}`).not.toBeNull();
    if (Array.isArray(value)) expect(value, `${type}.${property}`).not.toHaveLength(0);
    if (
      /^(?:created|modified|start)$|_observed$|_seen$|_time$/.test(property) &&
      property !== 'number_observed'
    ) {
      expect(value, `${type}.${property}`).toMatch(time);
    }
    if (/_refs?$/.test(property)) {
      const refs = Array.isArray(value) ? value : [value];
      expect(new Set(refs).size, property).toBe(refs.length);
      for (const each of refs) expect(ids.has(each), `${type}.${property} ${each}`).toBe(true);
    }
  }
  if (type === 'process') expect(object.id).toMatch(/^process--[\da-f-]{14}4/);
  if (type === 'observed-data') {
    for (const each of object.object_refs as string[])
      expect(observables.has(each.split('--')[0]!)).toBe(true);
  }
  if (type === 'network-traffic') expect(object.src_ref ?? object.dst_ref).toBeDefined();
}

function parsed(given: StixInput): readonly Stix[] {
  return JSON.parse(stixText(given)).objects;
}

function ofType(given: StixInput, type: string): readonly Stix[] {
  return parsed(given).filter(each => each.type === type);
}

/** The observables of the first observation, in order. */
function firstObserved(given: StixInput): readonly Stix[] {
  const objects = parsed(given);
  const refs = objects.find(({ type }) => type === 'observed-data')!.object_refs as readonly string[];
  return refs.map(ref => objects.find(({ id: each }) => each === ref)!);
}

function fact(evidenceId: string, type: FactType, values: FactValues): Evidence {
  const one = evidence({ id: evidenceId });
  return { ...one, place: { ...one.place }, fact: { ...one.fact, type, values } };
}

function nameless(): Evidence {
  return { ...fact('e', 'event', {}), host: 'no name at all!', account: null };
}

function confirmed(): CaseView {
  const aware = at('2026-11-03T08:00:00Z');
  return {
    intrusion: 'i1',
    state: 'confirmed',
    aware,
    fresh: [],
    isExpired: false,
    entries: [
      {
        version: 1,
        at: aware,
        decision: 'confirm',
        intrusion: 'i1',
        verdict: 'intrusion',
        summary: '',
        evidence: [],
        by: 'J. Smith',
        reason: 'The directory administrators made no copy.',
        until: null,
        question: null,
      },
    ],
  };
}

function input(over: Partial<StixInput> & { readonly intrusions?: readonly Intrusion[] }): StixInput {
  const reach: Reach = {
    state: 'could-not-see',
    said: 'Reached OT: could not see: no plant host has logs',
    hosts: [],
    evidence: [],
    reasons: [],
    first: [],
  };
  const last = at('2026-11-03T00:00:00Z') / 86_400_000_000;
  const visibility: Visibility = {
    span: { from: last - 30, to: last },
    hosts: [],
    cells: [],
    blinds: [],
    fixes: [],
    counts: { found: 0, 'would-have-shown': 0, 'could-not-see': 0 },
    said: ['Nothing found on 3 of 60 hosts, back 31 hours. This does not show absence.'],
  };
  return {
    advisories: [advisory],
    intrusions: [],
    cases: [],
    reach,
    visibility,
    operator: null,
    ended: at('2026-11-24T00:00:00Z'),
    ...over,
  };
}
