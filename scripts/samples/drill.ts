/**
 * The drill that is bundled: the whole chain at a small site, where little is logged beside it, so that it fits into the
 * repository and is hunted in a second. Any other drill is made with `huntaway drill`.
 */
import { type Drill, generateDrill, scenarioByName } from '../../src/run/drill/index.ts';

const silent = { collected: false } as const;
const atJump = [
  'Security',
  'Microsoft-Windows-Sysmon/Operational',
  'Microsoft-Windows-PowerShell/Operational',
  'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
];

export function sampleDrill(): Drill {
  const chain = scenarioByName('full-chain')!;
  const { logs } = chain.site!;
  return generateDrill({
    scenario: {
      ...chain,
      site: {
        pace: 0.13,
        habits: {
          ifmBackup: true,
          nightlyArchive: false,
          wmicInventory: false,
          scanner: false,
          logonReport: false,
          hiveBackup: false,
        },
        logs: {
          ...logs,
          dc: { ...logs!.dc, sysmon: false, format: 'evtx', channels: ['Security', 'Application'] },
          jump: { ...logs!.jump, format: 'evtx', channels: atJump },
          file: { ...logs!.file, sysmon: false, format: 'ndjson' },
          backup: silent,
          app: silent,
          management: silent,
          historian: silent,
          'ot-jump': silent,
          hmi: silent,
          engineering: silent,
          workstation: silent,
        },
      },
    },
    seed: 4,
    days: 31,
    formats: ['evtx', 'ndjson'],
  });
}
