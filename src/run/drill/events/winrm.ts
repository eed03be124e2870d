/** Events of Windows Remote Management: a client opens a session (6), a server lets it in (169) and starts a shell (91). */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { type Fields, marked, threadOf } from './common.ts';

function winrm(
  host: Host,
  time: number,
  [eventId, task, opcode, keywords]: readonly [
    eventId: number,
    task: number,
    opcode: number,
    keywords: bigint,
  ],
  userId: string,
  fields: Fields,
): EvtxEvent {
  return {
    provider: marked('Microsoft-Windows-WinRM', '{A7975C8F-AC13-49F1-87DA-5A984A4AB417}'),
    eventId,
    version: 0,
    level: 4,
    task,
    opcode,
    keywords,
    time,
    processId: 1204,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-WinRM/Operational',
    computer: host.fqdn,
    userId,
    data: { kind: 'named', fields },
  };
}

/** 6, where PowerShell was started: the other host as it was typed. */
export function sessionAsked(host: Host, time: number, who: Account, server: string): EvtxEvent {
  const version = `5.1.${host.build.split('.')[2]}.4522`;
  return winrm(host, time, [6, 3, 1, 0x4000000000000002n], who.sid, [
    ['connection', `${server}/wsman?PSVersion=${version}`],
  ]);
}

/** 169: whom the server let in, and by what protocol. It does not know the address. */
export function sessionGranted(host: Host, time: number, who: Account, by: 'Kerberos' | 'NTLM'): EvtxEvent {
  return winrm(host, time, [169, 7, 0, 0x400000000000000cn], 'S-1-5-20', [
    ['username', `${who.domain}\\${who.name}`],
    ['authenticationMechanism', by],
  ]);
}

/** 91: a PowerShell session begins on the server. */
export function shellStarted(host: Host, time: number, who: Account, shellId: string): EvtxEvent {
  return winrm(host, time, [91, 9, 0, 0x4000000000000004n], who.sid, [
    ['resourceUri', 'http://schemas.microsoft.com/powershell/Microsoft.PowerShell'],
    ['shellId', shellId],
  ]);
}
