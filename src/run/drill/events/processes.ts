/** Processes as the Security log has them. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { hex64, nobody, type Subject, security, sid, subjectFields } from './common.ts';

export type ProcessFields = {
  readonly subject: Subject;
  /** Whom it runs as where that is not the subject: started over WMI, by the scheduler, by a service. */
  readonly target: Subject | null;
  readonly pid: number;
  readonly parentPid: number;
  readonly image: string;
  readonly parent: string;
  /** Empty where the policy does not record command lines. */
  readonly commandLine: string;
  readonly level: 'medium' | 'high' | 'system';
};

const labels = { medium: 'S-1-16-8192', high: 'S-1-16-12288', system: 'S-1-16-16384' } as const;

export function processCreated(host: Host, time: number, of: ProcessFields): EvtxEvent {
  const { target } = of;
  return security(
    host,
    time,
    [4688, 2, 13312],
    [
      ...subjectFields(of.subject),
      ['NewProcessId', hex64(of.pid)],
      ['NewProcessName', of.image],
      ['TokenElevationType', of.level === 'medium' ? '%%1938' : '%%1936'],
      ['ProcessId', hex64(of.parentPid)],
      ['CommandLine', of.commandLine],
      // Windows leaves the target's SID empty here, whoever it is.
      ['TargetUserSid', sid(nobody)],
      ['TargetUserName', target === null ? '-' : target.account.name],
      ['TargetDomainName', target === null ? '-' : target.account.domain],
      ['TargetLogonId', hex64(target === null ? 0 : target.logonId)],
      ['ParentProcessName', of.parent],
      ['MandatoryLabel', sid(labels[of.level])],
    ],
  );
}
