/**
 * The pack's rules on recordings of attacks that others have published: each shows the behaviours that it records, and the
 * one that holds an innocent burst of commands shows no theft. Which rule found it does not matter here.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesBelow } from './logs.ts';
import { bin, requireBuild } from './program.ts';
import { haveShared, sharedData } from './shared.ts';

const pack = fileURLToPath(new URL('../advisories/volt-typhoon', import.meta.url));

/** Behaviours of the stages around credentials, by a part of the recording's path that no other has. */
const recorded: Readonly<Record<string, readonly string[]>> = {
  'cmd_dumping_ntds_dit_file_volume_shadow_copy.zip': ['VT-CA-02', 'VT-CA-04', 'VT-CA-11', 'VT-ST-03'],
  'empire_shell_reg_dump_sam.zip': ['VT-CA-04'],
  'psh_lsass_memory_dump_comsvcs.zip': ['VT-CA-05'],
  'PanacheSysmon_vs_AtomicRedTeam01.evtx': ['VT-CA-01', 'VT-CA-02', 'VT-CA-04', 'VT-CA-12', 'VT-ST-08'],
  'panache_sysmon_vs_EDRTestingScript.evtx': ['VT-DE-02', 'VT-DE-03'],
  'CA_DCSync_4662.evtx': ['VT-CA-08'],
  'CA_chrome_firefox_opera_4663.evtx': ['VT-CA-07'],
  'dc_applog_ntdsutil_dfir_325_326_327.evtx': ['VT-CA-03'],
  'sysmon_10_1_memdump_comsvcs_minidump.evtx': ['VT-CA-05'],
  'DE_104_system_log_cleared.evtx': ['VT-DE-01'],
  'DE_1102_security_log_cleared.evtx': ['VT-DE-01'],
  'sysmon_exec_from_vss_persistence.evtx': ['VT-CA-11'],
};

type Behaviour = { readonly id: string; readonly gravity: string; readonly rules?: readonly string[] };

function behavioursOfPack(): readonly Behaviour[] {
  return filesBelow(join(pack, 'behaviours'), '.yml').flatMap(
    path => (load(readFileSync(path, 'utf8')) as { behaviours: Behaviour[] }).behaviours,
  );
}

describe.skipIf(!haveShared)('the rules of the Volt Typhoon pack on recordings', () => {
  let out = '';
  /** Ids of behaviours, by path of the log. */
  const found = new Map<string, Set<Behaviour>>();

  const foundIn = (part: string): readonly Behaviour[] =>
    [...found].flatMap(([path, behaviours]) => (path.includes(part) ? [...behaviours] : []));

  beforeAll(() => {
    requireBuild();
    out = mkdtempSync(join(tmpdir(), 'huntaway-pack-'));
    const logs = [sharedData('evtx-attack-samples'), sharedData('security-datasets')];
    spawnSync(
      process.execPath,
      [bin, 'hunt', ...logs, '-r', join(pack, 'rules'), '-o', out, '-q', '--no-cache'],
      {
        stdio: 'ignore',
      },
    );
    const byRule = new Map<string, Behaviour[]>();
    for (const behaviour of behavioursOfPack()) {
      for (const rule of behaviour.rules ?? []) byRule.set(rule, [...(byRule.get(rule) ?? []), behaviour]);
    }
    for (const line of readFileSync(join(out, 'findings.jsonl'), 'utf8').split('\n')) {
      if (line === '') continue;
      const finding = JSON.parse(line) as { rule: { id: string }; log?: { file: { path: string } } };
      const path = finding.log?.file.path;
      if (path === undefined) continue;
      const behaviours = found.get(path) ?? new Set<Behaviour>();
      found.set(path, behaviours);
      for (const behaviour of byRule.get(finding.rule.id) ?? []) behaviours.add(behaviour);
    }
  }, 120_000);

  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test.each(Object.entries(recorded))('%s shows what it records', (part, ids) => {
    expect(foundIn(part).map(({ id }) => id)).toEqual(expect.arrayContaining([...ids]));
  });

  test('the innocent burst of a network trace shows no theft and no strong sign', () => {
    const shown = foundIn('empire_persistence_registry_modification_run_keys_standard_user');
    expect(shown.filter(({ gravity }) => gravity !== 'weak').map(({ id }) => id)).toEqual([]);
  });

  test('a remote session that lists processes shows no theft', () => {
    const shown = foundIn('covenant_psremoting_command').filter(({ gravity }) => gravity === 'grave');
    expect(shown.map(({ id }) => id)).toEqual([]);
  });
});
