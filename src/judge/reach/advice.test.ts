/** Whatever an advisory says first: on a host of the plant nothing is advised that could stop it. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { advisory, behaviours, World } from '../../../test/judging.ts';
import type { Advisory, FirstStep } from '../../know/advisories/index.ts';
import { saidFirst } from '../intrusions/explain/index.ts';
import { judge } from '../judge.ts';
import { firstAtPlant, ONLY_IT, sparePlant, stateReach, warnOfPlant } from './index.ts';

const STOPPING =
  /isolat|re-?boot|restart|shut ?down|shuts? off|switch(?:ed)? off|power(?:ed)? (?:off|down)|block|disconnect|unplug|quarantine|rebuild|off the office network/i;

/** Sentences that would stop a host, but those that forbid it, cut at the boundary, or speak of IT alone. */
function harmful(steps: readonly string[]): string[] {
  return steps
    .flatMap(step => step.split(/(?<=[.!?]) +(?=[A-Z])/))
    .filter(
      sentence =>
        STOPPING.test(sentence) &&
        !/\b(?:do not|never)\b/i.test(sentence) &&
        !/boundary.*by the plant's own procedure/i.test(sentence) &&
        !sentence.includes(ONLY_IT),
    );
}

/** The first steps of the pack that ships. */
const shipped = (
  load(readFileSync(new URL('../../../advisories/volt-typhoon/advisory.yml', import.meta.url), 'utf8')) as {
    'first-steps': FirstStep[];
  }
)['first-steps'];

const harsh: FirstStep[] = [
  { title: 'Isolate', text: 'Isolate {hosts} now.' },
  {
    title: 'Contain',
    text: 'Block {sources}. Shut down {hosts}, then disconnect it. Reboot into safe mode.',
  },
  { title: 'Preserve', text: 'Copy the logs of {hosts}. Unplug the cable of {hosts}.' },
];

function first(
  steps: readonly FirstStep[],
  hosts: readonly string[],
  plant: readonly string[],
): readonly string[] {
  const world = new World();
  for (const host of hosts) {
    world.find(behaviours.lsass, { at: '2026-10-08T01:50:00Z', host, account: 'X\\a', logonId: 77 });
    world.find(behaviours.archive, { at: '2026-10-08T01:55:00Z', host, account: 'X\\a', logonId: 77 });
  }
  const told: Advisory = { ...advisory, firstSteps: steps };
  const { intrusions } = judge(world.input({ advisories: [told], plant: new Set(plant) }));
  expect(intrusions).not.toEqual([]);
  return intrusions.flatMap(each => each.first);
}

describe.each([
  ['the pack that ships', shipped],
  ['a harsh advisory', harsh],
])('advice of %s', (_, steps) => {
  it('would stop a host where none is of the plant, so that this test can fail', () => {
    expect(harmful(first(steps, ['fs1'], [])).length).toBeGreaterThan(0);
  });

  it('stops nothing on a host of the plant', () => {
    const told = first(steps, ['hmi1'], ['hmi1']);
    expect(told[0]).toMatch(/^Call the control room before anything else: hmi1 is on the plant's side\./);
    expect(harmful(told)).toEqual([]);
    expect(told.join(' ')).not.toContain(ONLY_IT);
  });

  it('keeps what stops to hosts of IT, without naming one of the plant', () => {
    const found = { hosts: ['fs1', 'hmi1'], accounts: ['X\\a'], sources: ['192.0.2.1'], plant: ['hmi1'] };
    const told = saidFirst([{ ...advisory, firstSteps: steps }], found);
    expect(harmful(told)).toEqual([]);
    const ofIt = told.flatMap(step => step.split(ONLY_IT).slice(1));
    expect(ofIt.length).toBeGreaterThan(0);
    for (const said of ofIt) expect(said.split(/[.!?] /)[0]).not.toContain('hmi1');
  });

  it('preserves at the plant all the same', () => {
    expect(first(steps, ['hmi1'], ['hmi1']).join(' ')).toMatch(/cop(?:y|ies) the logs/i);
  });
});

it('a host of IT from where evidence leads to the plant gets the call in front', () => {
  const world = new World();
  world.find(behaviours.lsass, { at: '2026-10-08T01:50:00Z', host: 'otj1', account: 'X\\a', logonId: 77 });
  world.find(behaviours.proxy, {
    at: '2026-10-08T01:55:00Z',
    host: 'otj1',
    account: 'X\\a',
    logonId: 77,
    commandLine: 'netsh interface portproxy add v4tov4 listenport=9 connectport=502 connectaddress=10.9.9.9',
  });
  world.find(behaviours.archive, { at: '2026-10-08T01:56:00Z', host: 'otj1', account: 'X\\a', logonId: 77 });
  const input = world.input({ advisories: [{ ...advisory, firstSteps: shipped }] });
  const { intrusions } = judge(input);
  const { advisories, facts, hosts, site } = input;
  const reach = stateReach({
    advisories,
    intrusions,
    facts,
    hosts,
    site,
    kinds: [],
    roles: new Map(),
    visibility: null,
  });
  expect(reach.said).toContain('a relay to port 502 (Modbus)');
  const [warned] = warnOfPlant(intrusions, reach);
  expect(warned!.first[0]).toMatch(/^Call the control room before anything else/);
  expect(harmful(warned!.first)).toEqual([]);
  expect(warnOfPlant(intrusions, { ...reach, evidence: [] })).toEqual(intrusions);
});

it('names no host where none is known', () => {
  expect(firstAtPlant([])).toMatch(/^Call the control room before anything else\. Do not isolate/);
});

it('leaves advice that forbids or cuts at the boundary as it is', () => {
  const said =
    "Never block a host there. If a cut is needed, isolate at the boundary by the plant's own procedure.";
  expect(sparePlant(said, false).join(' ')).toBe(said);
});

it('takes a word of forbidding elsewhere in the sentence for none', () => {
  expect(sparePlant("Isolate the host if you don't need it.", false)).toEqual([]);
  expect(sparePlant('Do not wait, shut it down.', false)).toEqual([]);
});
