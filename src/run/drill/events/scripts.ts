/** What PowerShell logs of the text that it runs. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { i32, marked, threadOf } from './common.ts';

/** PowerShell 4104. */
export function scriptBlock(
  host: Host,
  time: number,
  who: Account,
  pid: number,
  text: string,
  id: string,
  path = '',
): EvtxEvent {
  return {
    provider: marked('Microsoft-Windows-PowerShell', '{A0C1853B-5C40-4B15-8766-3CF1C58F985A}'),
    eventId: 4104,
    version: 1,
    level: 5,
    task: 2,
    opcode: 15,
    keywords: 0n,
    time,
    processId: pid,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-PowerShell/Operational',
    computer: host.fqdn,
    userId: who.sid,
    data: {
      kind: 'named',
      fields: [
        ['MessageNumber', i32(1)],
        ['MessageTotal', i32(1)],
        ['ScriptBlockText', text],
        ['ScriptBlockId', id],
        ['Path', path],
      ],
    },
  };
}
