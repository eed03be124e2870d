/**
 * Makes `samples/drill/`, the drill that is bundled (`samples/drill.ts`), and `samples/logs/`: the logs of a fictional water utility in which an intruder lived off the land for a month
 * (`samples/README.md` tells the story). Everything comes from our own EVTX writer and a seeded generator, so that
 * running it again gives the same bytes.
 *
 * Usage: npm run samples
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type EvtxEvent, type EvtxOptions, writeEvtx } from '../src/read/sources/evtx/write/index.ts';
import { writeDrill } from '../src/run/drill/index.ts';
import { Random } from '../src/run/drill/random.ts';
import * as daily from './samples/daily.ts';
import { sampleDrill } from './samples/drill.ts';
import { hosts } from './samples/site.ts';
import { onDomainController, onFileServer, onJumpHost } from './samples/story.ts';

type Log = { readonly path: string; readonly options: EvtxOptions; readonly events: readonly EvtxEvent[] };

function inOrder(events: readonly EvtxEvent[]): EvtxEvent[] {
  return [...events].sort((a, b) => a.time - b.time);
}

/** Events as a collector keeps them: each with the number it had in the log that it came from. */
function forward(events: readonly EvtxEvent[]): EvtxEvent[] {
  const numbers = new Map<string, number>();
  return inOrder(events).map(event => {
    const from = `${event.computer} ${event.channel}`;
    const number = (numbers.get(from) ?? 90_112 + numbers.size * 4_000) + 7;
    numbers.set(from, number);
    return { ...event, recordId: number };
  });
}

/** Every log of the sample, its events in order of time. */
export function sampleLogs(): Log[] {
  const random = new Random(20231106);
  const { dc, jump, files, historian, engineering } = hosts;
  const atDc = onDomainController();
  const atJump = onJumpHost(random);
  const wmi = 'Microsoft-Windows-WMI-Activity/Operational';
  const of = (events: readonly EvtxEvent[], channel: string): EvtxEvent[] =>
    events.filter(event => event.channel === channel);
  const log = (
    path: string,
    events: readonly EvtxEvent[],
    firstRecordNumber: number,
    more: EvtxOptions = {},
  ): Log => ({
    path,
    options: { firstRecordNumber, ...more },
    events: inOrder(events),
  });
  const forwarded = forward([
    ...daily.logons(engineering, 9, random),
    ...daily.serviceStates(historian, 10, random),
    ...daily.remoteSessions(historian, 3, random),
    ...daily.logons(historian, 6, random),
    ...daily.wmiInventory(dc, 6, random),
    ...daily.installedForGood().filter(event => event.channel === 'System'),
    ...of(atDc, wmi),
  ]);
  return [
    log(
      'DC1/Security.evtx',
      [...of(atDc, 'Security'), ...daily.logons(dc, 55, random), ...daily.processes(dc, 24, true, random)],
      48_210,
    ),
    log(
      'DC1/Application.evtx',
      [...of(atDc, 'Application'), ...daily.directoryBackups(dc), ...daily.installations(dc, 12, random)],
      9_120,
    ),
    log('DC1/System.evtx', [...of(atDc, 'System'), ...daily.serviceStates(dc, 40, random)], 20_480),
    log(
      'JUMP1/Microsoft-Windows-Sysmon%4Operational.evtx',
      [...of(atJump, 'Microsoft-Windows-Sysmon/Operational'), ...daily.sysmonActivity(jump, 70, random)],
      310_775,
    ),
    log(
      'JUMP1/Microsoft-Windows-PowerShell%4Operational.evtx',
      [...of(atJump, 'Microsoft-Windows-PowerShell/Operational'), ...daily.scripts(jump, 20, random)],
      1_204,
    ),
    log(
      'JUMP1/Microsoft-Windows-TerminalServices-LocalSessionManager%4Operational.evtx',
      [
        ...of(atJump, 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational'),
        ...daily.remoteSessions(jump, 16, random),
      ],
      640,
    ),
    log(
      'FS1/Security.evtx',
      [
        ...onFileServer(),
        ...daily.shares(files, 30, random),
        ...daily.logons(files, 20, random),
        ...daily.processes(files, 10, false, random),
        ...of(daily.installedForGood(), 'Security'),
      ],
      77_031,
    ),
    // A collector's log: several channels and hosts in one file, written out as text.
    log('WEC1/ForwardedEvents.evtx', forwarded, 1, { templates: false }),
  ];
}

function main(): void {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  for (const { path, options, events } of sampleLogs()) {
    const target = join(root, 'samples/logs', path);
    mkdirSync(dirname(target), { recursive: true });
    const bytes = writeEvtx(events, options);
    writeFileSync(target, bytes);
    console.log(`${path}: ${events.length} events, ${bytes.length} bytes`);
  }
  writeDrill(sampleDrill(), join(root, 'samples/drill'), true);
  console.log('drill: logs and truth');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
