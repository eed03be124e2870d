/**
 * The 4688 twin: what Sysmon 1 recorded, said again as Security 4688 would have said it. Rules that matched
 * the one must match the other, unless the static analysis says that they need a field that 4688 can't carry.
 */
import { describe, expect, test } from 'vitest';
import { reachable, routesOf, views } from '../src/know/logsources/index.ts';
import { holds, type PlainEvent, plainEvent } from '../src/match/reference/index.ts';
import { EventBuilder, type TestEvent } from './event.ts';
import { eachEvent, filesBelow, sharedRules } from './logs.ts';
import { matchers } from './matchers.ts';
import { haveShared, sharedData } from './shared.ts';

const view = views.get('security-4688')!;

const integritySids: Readonly<Record<string, string>> = {
  Low: 'S-1-16-4096',
  Medium: 'S-1-16-8192',
  High: 'S-1-16-12288',
  System: 'S-1-16-16384',
};

const hex = (decimal: string | undefined): string => `0x${Number(decimal ?? 0).toString(16)}`;

/** The same process start as Security 4688 with its command line policy on; null where Sysmon's is incomplete. */
function twinOf(sysmon: ReadonlyMap<string, readonly string[]>): TestEvent | null {
  const first = (name: string): string | undefined => sysmon.get(name)?.[0];
  const image = first('Image');
  const commandLine = first('CommandLine');
  if (image === undefined || commandLine === undefined) return null;
  const [domain = '', name = ''] = (first('User') ?? '').split('\\');
  const integrity = first('IntegrityLevel') ?? 'Medium';
  return {
    channel: 'Security',
    eventId: 4688,
    provider: 'Microsoft-Windows-Security-Auditing',
    fields: {
      SubjectUserSid: 'S-1-5-18',
      SubjectUserName: 'HOST$',
      SubjectDomainName: 'DOMAIN',
      SubjectLogonId: '0x3e6',
      NewProcessId: hex(first('ProcessId')),
      NewProcessName: image,
      TokenElevationType: '%%1936',
      ProcessId: hex(first('ParentProcessId')),
      CommandLine: commandLine,
      TargetUserSid: 'S-1-0-0',
      TargetUserName: name,
      TargetDomainName: domain,
      TargetLogonId: first('LogonId') ?? '0x0',
      ParentProcessName: first('ParentImage') ?? null,
      MandatoryLabel: integritySids[integrity] ?? integrity,
    },
  };
}

/** The Sysmon event without the fields that 4688 lacks: what the twin has to work with. */
function withoutAbsent(event: PlainEvent): PlainEvent {
  const fields = new Map(event.fields);
  for (const name of view.absent) fields.delete(name);
  return { ...event, fields };
}

describe.skipIf(!haveShared)('the 4688 twin of Sysmon 1', () => {
  const rules = haveShared
    ? sharedRules().filter(
        rule =>
          rule.logSource.category === 'process_creation' &&
          routesOf(rule.logSource)?.some(route => route.view === view.name),
      )
    : [];
  const samples = ['sigma/regression_data', 'evtx-attack-samples'];

  for (const { name, of } of matchers) {
    test.each(samples)(
      `${name}, %s: rules keep matching unless they need a field that 4688 lacks`,
      folder => {
        // The plain evaluator is slow: it meets every tenth event here.
        const stride = name === 'plain evaluator' && folder === 'evtx-attack-samples' ? 10 : 1;
        const hits = of(rules);
        const builder = new EventBuilder();
        const lost: string[] = [];
        let kept = 0;
        let blind = 0;
        let seen = 0;
        eachEvent(filesBelow(sharedData(folder), '.evtx'), event => {
          if (event.kind.eventId !== 1 || !event.kind.channel.includes('Sysmon')) return;
          if (seen++ % stride !== 0) return;
          const before = hits(event);
          const plain = plainEvent(event);
          const twin = before.length === 0 ? null : twinOf(plain.fields);
          if (twin === null) return;
          const after = new Set(hits(builder.build(twin)));
          for (const index of before) {
            const rule = rules[index]!;
            if (after.has(index)) kept++;
            else if (!reachable(rule.plan, view).reachable || !holds(rule.plan, withoutAbsent(plain)))
              blind++;
            else lost.push(rule.title ?? '');
          }
        });
        expect(lost).toEqual([]);
        expect(kept).toBeGreaterThan(blind);
        expect(kept).toBeGreaterThan(50);
      },
    );
  }
});
