/**
 * Recordings of attacks as others have published them: flat JSON, zipped. Each is hunted whole by the program; every line of
 * it is an event, and what it records is found. What is no log of Windows events is named as what it is.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesBelow } from './logs.ts';
import { bin } from './program.ts';
import { haveShared, sharedData } from './shared.ts';

/** What each recording must show, by its archive: rules of its technique. */
const recorded: Readonly<Record<string, readonly string[]>> = {
  cmd_dumping_ntds_dit_file_volume_shadow_copy: [
    'Shadow Copies Creation Using Operating Systems Utilities',
    'NTDS.DIT Created',
    'NTDS.DIT Creation By Uncommon Process',
  ],
  cmd_seatbelt_group_user: ['PUA - Seatbelt Execution', 'WMI Module Loaded By Uncommon Process'],
  covenant_psremoting_command: [
    'Remote PowerShell Session Host Process (WinRM)',
    'Remote PowerShell Sessions Network Connections (WinRM)',
    'Potential Remote PowerShell Session Initiated',
  ],
  empire_persistence_registry_modification_run_keys_standard_user: [
    'CurrentVersion Autorun Keys Modification',
    'Suspicious PowerShell In Registry Run Keys',
    'Potential Reconnaissance Activity Via GatherNetworkInfo.VBS',
  ],
  empire_shell_net_localgroup_administrators: [
    'Net.EXE Execution',
    'Suspicious Group And Account Reconnaissance Activity Using Net.EXE',
  ],
  empire_shell_reg_dump_sam: ['Dumping of Sensitive Hives Via Reg.EXE'],
  empire_wmic_add_user_backdoor: [
    'WMIC Remote Command Execution',
    'Process Creation Attempt via Wmic.EXE',
    'WmiPrvSE Spawned A Process',
    'New User Created Via Net.EXE',
  ],
  psh_lsass_memory_dump_comsvcs: [
    'Process Memory Dump Via Comsvcs.DLL',
    'Lsass Memory Dump via Comsvcs DLL',
    'LSASS Process Memory Dump Files',
  ],
};

type Ledger = {
  readonly files: readonly {
    readonly path: string;
    readonly type: string | null;
    readonly events: number;
    readonly damaged: readonly unknown[];
    readonly unparsed: readonly unknown[];
    readonly unread?: { readonly message: string };
  }[];
};

/** Lines of the one member of an archive. */
async function linesOf(path: string): Promise<number> {
  const [entry] = await new ZipReader(new Uint8ArrayReader(readFileSync(path))).getEntries();
  if (entry === undefined || entry.directory) return 0;
  const bytes = await entry.getData(new Uint8ArrayWriter());
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) count++;
  return count + (bytes.at(-1) === 0x0a || bytes.length === 0 ? 0 : 1);
}

describe.skipIf(!haveShared)('recordings of attacks', () => {
  const folder = sharedData('security-datasets');
  const archives = haveShared ? filesBelow(folder, '.zip') : [];
  let out = '';
  let ledger: Ledger;
  /** Names of the rules that found something, by archive. */
  const found = new Map<string, Set<string>>();

  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), 'huntaway-recordings-'));
    const rules = readdirSync(sharedData('sigma')).filter(name => name.startsWith('rules'));
    const words = ['hunt', folder, '--out', out, '--quiet', '--format', 'jsonl'];
    for (const name of rules) words.push('--rules', sharedData(join('sigma', name)));
    const child = spawn(process.execPath, [bin, ...words], {
      stdio: 'ignore',
      env: { ...process.env, XDG_CACHE_HOME: join(out, 'cache') },
    });
    await new Promise(resolve => child.on('exit', resolve));
    ledger = JSON.parse(readFileSync(join(out, 'ledger.json'), 'utf8')) as Ledger;
    for (const text of readFileSync(join(out, 'findings.jsonl'), 'utf8').split('\n')) {
      if (text === '') continue;
      const { rule, log } = JSON.parse(text) as {
        rule: { name: string };
        log?: { file: { path: string } };
      };
      const [archive] = (log?.file.path ?? '').slice(folder.length + 1).split('.zip!/');
      if (archive === undefined || archive === '') continue;
      const names = found.get(archive) ?? new Set();
      found.set(archive, names.add(rule.name));
    }
  }, 120_000);

  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test('are all known to this test', () => {
    const windows = ledger.files.filter(({ type }) => type === 'ndjson').map(({ path }) => archiveOf(path));
    expect(windows.sort()).toEqual(Object.keys(recorded).sort());
    expect(archives.length).toBe(Object.keys(recorded).length + 1);
  });

  test.each(Object.keys(recorded))('%s: every line is an event', async name => {
    const entry = ledger.files.find(({ path }) => archiveOf(path) === name)!;
    expect([entry.type, entry.damaged, entry.unparsed]).toEqual(['ndjson', [], []]);
    expect(entry.events).toBe(await linesOf(join(folder, `${name}.zip`)));
    expect(entry.events).toBeGreaterThan(100);
  });

  test.each(Object.entries(recorded))('%s: what it records is found', (name, rules) => {
    expect([...(found.get(name) ?? [])]).toEqual(expect.arrayContaining([...rules]));
  });

  test('what is no log of Windows events is not read, and named', () => {
    const unread = ledger.files.filter(({ type }) => type !== 'ndjson');
    const said = unread.map(({ path, unread: why }) => [path.slice(folder.length + 1), why?.message]);
    expect(Object.fromEntries(said)).toEqual({
      LICENSE: expect.stringContaining('text of no known type'),
      'sh_arp_cache.zip!/sh_arp_cache_2020-11-10074812.log': expect.stringContaining('a Linux audit log'),
      'zeek/apt29-day1-combined_zeek.log': expect.stringContaining('a Zeek log as JSON'),
    });
  });

  function archiveOf(path: string): string {
    return path.slice(folder.length + 1).split('.zip!/')[0]!;
  }
});
