/** Scheduled tasks: made and removed in Security (4698, 4699), made, run and removed in the scheduler's own log. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { type Fields, guid, marked, type Subject, security, subjectFields, threadOf, u32 } from './common.ts';

/** A task as its definition says it. */
export type TaskText = {
  /** `\Folder\Name`. */
  readonly name: string;
  readonly author: Account;
  readonly runsAs: Account;
  readonly command: string;
  readonly arguments: string;
  /** When it is to run, as the site's clock reads it: `2026-10-06T02:11:00`. */
  readonly begins: string;
};

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const inXml = (text: string): string => text.replace(/[&<>"]/g, each => escapes[each]!);

function definition(of: TaskText): string {
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    `    <Author>${of.author.domain}\\${of.author.name}</Author>`,
    `    <URI>${inXml(of.name)}</URI>`,
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <TimeTrigger>',
    `      <StartBoundary>${of.begins}</StartBoundary>`,
    '      <Enabled>true</Enabled>',
    '    </TimeTrigger>',
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author">',
    '      <RunLevel>HighestAvailable</RunLevel>',
    `      <UserId>${of.runsAs.domain}\\${of.runsAs.name}</UserId>`,
    '      <LogonType>Password</LogonType>',
    '    </Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <AllowHardTerminate>true</AllowHardTerminate>',
    '    <Enabled>true</Enabled>',
    '    <Hidden>false</Hidden>',
    '    <ExecutionTimeLimit>PT72H</ExecutionTimeLimit>',
    '    <Priority>7</Priority>',
    '  </Settings>',
    '  <Actions Context="Author">',
    '    <Exec>',
    `      <Command>${inXml(of.command)}</Command>`,
    `      <Arguments>${inXml(of.arguments)}</Arguments>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
  ].join('\r\n');
}

function audited(
  host: Host,
  time: number,
  lsass: number,
  eventId: 4698 | 4699,
  subject: Subject,
  name: string,
  content: string,
): EvtxEvent {
  return security(
    host,
    time,
    [eventId, 0, 12804],
    [...subjectFields(subject), ['TaskName', name], ['TaskContent', content]],
    { processId: lsass },
  );
}

/** 4698 or 4699, where the policy audits it. */
export function taskAudited(
  host: Host,
  time: number,
  lsass: number,
  eventId: 4698 | 4699,
  subject: Subject,
  of: TaskText,
): EvtxEvent {
  return audited(host, time, lsass, eventId, subject, of.name, definition(of));
}

/** 4698 of a task of which only the action matters. */
export function taskCreated(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  name: string,
  command: string,
): EvtxEvent {
  const content = `<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\r\n  <Actions Context="Author">\r\n    <Exec>\r\n      <Command>${command}</Command>\r\n    </Exec>\r\n  </Actions>\r\n</Task>`;
  return audited(host, time, lsass, 4698, subject, name, content);
}

function scheduler(
  host: Host,
  time: number,
  pid: number,
  [eventId, version, opcode]: readonly [eventId: number, version: number, opcode: number],
  fields: Fields,
): EvtxEvent {
  return {
    provider: marked('Microsoft-Windows-TaskScheduler', '{DE7B24EA-73C8-4A09-985D-5BDADCFA9017}'),
    eventId,
    version,
    level: 4,
    task: eventId,
    opcode,
    keywords: 0x8000000000000000n,
    time,
    processId: pid,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-TaskScheduler/Operational',
    computer: host.fqdn,
    userId: 'S-1-5-18',
    data: { kind: 'named', fields },
  };
}

/** 106, 140, 141: a task was made, changed, removed, and by whom. `pid`: the scheduler's. */
export function taskKept(
  host: Host,
  time: number,
  pid: number,
  eventId: 106 | 140 | 141,
  name: string,
  who: Account,
): EvtxEvent {
  return scheduler(
    host,
    time,
    pid,
    [eventId, 0, 0],
    [
      ['TaskName', name],
      [eventId === 106 ? 'UserContext' : 'UserName', `${who.domain}\\${who.name}`],
    ],
  );
}

/** What the scheduler says while a task runs: the process (129), the action's begin (200) and end (201). */
export function taskRan(
  host: Host,
  time: number,
  pid: number,
  of: {
    readonly name: string;
    readonly action: string;
    readonly instance: string;
    readonly processId: number;
    readonly end: number;
  },
): EvtxEvent[] {
  const { name, action } = of;
  const instance = guid(of.instance);
  return [
    scheduler(
      host,
      time,
      pid,
      [129, 0, 0],
      [
        ['TaskName', name],
        ['Path', action],
        ['ProcessID', u32(of.processId)],
        ['Priority', u32(32)],
      ],
    ),
    scheduler(
      host,
      time + 2_000,
      pid,
      [200, 1, 1],
      [
        ['TaskName', name],
        ['ActionName', action],
        ['TaskInstanceId', instance],
        ['EnginePID', u32(of.processId)],
      ],
    ),
    scheduler(
      host,
      of.end,
      pid,
      [201, 2, 2],
      [
        ['TaskName', name],
        ['TaskInstanceId', instance],
        ['ActionName', action],
        ['ResultCode', u32(0)],
        ['EnginePID', u32(of.processId)],
      ],
    ),
  ];
}
