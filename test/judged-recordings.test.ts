/**
 * Recordings of the actor's behaviours as others have published them, judged by the pack that ships: found, with the
 * right stage, host, account, logon and source, each read from the records by hand. The recorded benign burst is there too.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { huntJudged, type Judged, type JudgedIntrusion } from './hunted.ts';
import { requireBuild } from './program.ts';
import { haveShared, sharedData } from './shared.ts';

type Expected = {
  readonly path: string;
  /** Any of these behaviours. */
  readonly behaviours: readonly string[];
  readonly stage: string;
  readonly host: string;
  readonly account?: string;
  readonly source?: string;
  /** At least this strong. */
  readonly verdict: JudgedIntrusion['verdict'];
};

const attack = (path: string): string => sharedData(`evtx-attack-samples/${path}`);
const recording = (name: string): string => sharedData(`security-datasets/${name}.zip`);

const expected: readonly Expected[] = [
  {
    path: recording('cmd_dumping_ntds_dit_file_volume_shadow_copy'),
    behaviours: ['VT-CA-02'],
    stage: 'credential-access',
    host: 'dc01.pandalab.com',
    account: 'PANDALAB\\Administrator',
    verdict: 'suspected',
  },
  {
    path: recording('empire_shell_reg_dump_sam'),
    behaviours: ['VT-CA-04'],
    stage: 'credential-access',
    host: 'workstation5.theshire.local',
    account: 'THESHIRE\\pgustavo',
    verdict: 'suspected',
  },
  {
    path: recording('psh_lsass_memory_dump_comsvcs'),
    behaviours: ['VT-CA-05'],
    stage: 'credential-access',
    host: 'workstation5',
    account: 'WORKSTATION5\\wardog',
    verdict: 'suspected',
  },
  {
    path: recording('empire_wmic_add_user_backdoor'),
    behaviours: ['VT-LM-01'],
    stage: 'lateral-movement',
    host: 'workstation6.theshire.local',
    account: 'THESHIRE\\pgustavo',
    source: '172.18.39.5',
    verdict: 'lead',
  },
  {
    path: attack('Credential Access/dc_applog_ntdsutil_dfir_325_326_327.evtx'),
    behaviours: ['VT-CA-03', 'VT-CA-01'],
    stage: 'credential-access',
    host: 'dc1.insecurebank.local',
    verdict: 'suspected',
  },
  {
    path: attack('AutomatedTestingTools/PanacheSysmon_vs_AtomicRedTeam01.evtx'),
    behaviours: ['VT-CA-01'],
    stage: 'credential-access',
    host: 'msedgewin10',
    account: 'MSEDGEWIN10\\IEUser',
    verdict: 'suspected',
  },
  {
    path: attack('AutomatedTestingTools/PanacheSysmon_vs_AtomicRedTeam01.evtx'),
    behaviours: ['VT-CA-02'],
    stage: 'credential-access',
    host: 'msedgewin10',
    account: 'MSEDGEWIN10\\IEUser',
    verdict: 'suspected',
  },
  {
    path: attack('AutomatedTestingTools/PanacheSysmon_vs_AtomicRedTeam01.evtx'),
    behaviours: ['VT-CA-04'],
    stage: 'credential-access',
    host: 'msedgewin10',
    account: 'MSEDGEWIN10\\IEUser',
    verdict: 'suspected',
  },
  {
    path: attack('Credential Access/CA_DCSync_4662.evtx'),
    behaviours: ['VT-CA-08'],
    stage: 'credential-access',
    host: 'dc1.insecurebank.local',
    account: 'insecurebank\\Administrator',
    verdict: 'suspected',
  },
  {
    path: attack('Credential Access/sysmon_10_1_memdump_comsvcs_minidump.evtx'),
    behaviours: ['VT-CA-05'],
    stage: 'credential-access',
    host: 'msedgewin10',
    account: 'MSEDGEWIN10\\IEUser',
    verdict: 'suspected',
  },
  {
    path: attack('Defense Evasion/DE_1102_security_log_cleared.evtx'),
    behaviours: ['VT-DE-01'],
    stage: 'defense-evasion',
    host: 'pc01.example.corp',
    account: 'EXAMPLE\\user01',
    verdict: 'suspected',
  },
  {
    path: attack('Defense Evasion/DE_104_system_log_cleared.evtx'),
    behaviours: ['VT-DE-01'],
    stage: 'defense-evasion',
    host: 'pc01.example.corp',
    account: 'EXAMPLE\\user01',
    verdict: 'suspected',
  },
  {
    path: attack('Lateral Movement/LM_wmiexec_impacket_sysmon_whoami.evtx'),
    behaviours: ['VT-LM-02'],
    stage: 'lateral-movement',
    host: 'iewin7',
    account: 'IEWIN7\\IEUser',
    verdict: 'lead',
  },
  {
    path: attack('Defense Evasion/de_portforward_netsh_rdp_sysmon_13_1.evtx'),
    behaviours: ['VT-C2-01', 'VT-C2-02'],
    stage: 'command-and-control',
    host: 'iewin7',
    account: 'IEWIN7\\IEUser',
    verdict: 'lead',
  },
];

const rank = { intrusion: 2, suspected: 1, lead: 0 } as const;
const lower = (texts: readonly string[]): string[] => texts.map(text => text.toLowerCase());

describe.skipIf(!haveShared)('recordings', () => {
  beforeAll(requireBuild);

  it.each(expected)('$path shows $behaviours', wanted => {
    const { intrusions } = huntJudged([wanted.path]);
    const fits = intrusions.filter(({ evidence }) =>
      evidence.some(
        ({ behaviour, stage, host }) =>
          wanted.behaviours.includes(behaviour ?? '') && stage === wanted.stage && host === wanted.host,
      ),
    );
    expect(fits.length, JSON.stringify(intrusions, null, 1).slice(0, 2000)).toBeGreaterThan(0);
    const best = Math.max(...fits.map(({ verdict }) => rank[verdict]));
    expect(best).toBeGreaterThanOrEqual(rank[wanted.verdict]);
    if (wanted.account !== undefined) {
      expect(lower(fits.flatMap(({ accounts }) => accounts))).toContain(wanted.account.toLowerCase());
    }
    if (wanted.source !== undefined) expect(fits.flatMap(({ sources }) => sources)).toContain(wanted.source);
  });

  it('links the process that wmic started to the logon and address it came from', () => {
    const { intrusions } = huntJudged([recording('empire_wmic_add_user_backdoor')]);
    const reasons = intrusions.flatMap(({ links }) => links.map(({ reason }) => reason));
    expect(
      reasons.filter(reason => reason.includes('0x551686') && reason.includes('172.18.39.5')),
    ).not.toEqual([]);
  });

  it('tells the shadow copy, the database and the hive of one evening as one story', () => {
    const { intrusions } = huntJudged([recording('cmd_dumping_ntds_dit_file_volume_shadow_copy')]);
    const together = intrusions.find(({ evidence }) =>
      evidence.some(({ behaviour }) => behaviour === 'VT-CA-02'),
    )!;
    expect(together.evidence.map(({ behaviour }) => behaviour)).toContain('VT-CA-04');
  });

  describe('the recorded burst of a network trace', () => {
    let burst: Judged;
    it('is no intrusion', () => {
      burst = huntJudged([recording('empire_persistence_registry_modification_run_keys_standard_user')]);
      expect(burst.intrusions.filter(({ verdict }) => verdict === 'intrusion')).toEqual([]);
    });
  });
});
