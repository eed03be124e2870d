/**
 * Findings as OCSF Detection Findings (class 2004), one a line. Schema 1.7.0: everything said here is in it, and it
 * is the version that later ones of OCSF 1 are held compatible with, so that consumers of any of them can read it.
 *
 * Times are those of the events and not of the run, and `finding_info.uid` is a hash of what was found, so that the
 * same logs and rules give the same bytes. What OCSF has no place for stands in `unmapped` under our own names.
 */
import { createHash } from 'node:crypto';
import type { Level } from '../../../know/sigma/index.ts';
import { packageVersion } from '../../../state/index.ts';
import { type Json, writeJson } from '../../bytes/json-value.ts';
import { attacksOf } from './attacks.ts';
import type { Formatter } from './formatter.ts';
import { eachFinding, type FindingLine, microsOf } from './line.ts';

type JsonObject = { readonly [name: string]: Json | undefined };

const SCHEMA_VERSION = '1.7.0';
const UNKNOWN = 0;
const REGULAR_FILE = 1;

const severities: Readonly<Record<Level, readonly [id: number, caption: string]>> = {
  informational: [1, 'Informational'],
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

export function ocsf(): Formatter {
  const product = { name: 'Huntaway', vendor_name: 'Huntaway', version: packageVersion() };
  return {
    header() {},
    lines(out, lines) {
      eachFinding(lines, finding => {
        writeJson(out, detection(finding, product));
        out.ascii('\n');
      });
    },
    footer() {},
  };
}

function detection(finding: FindingLine, product: Json): JsonObject {
  const { event, huntaway } = finding;
  const [severity_id, severity] = severities[huntaway.level];
  const evidence = evidenceOf(finding);
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    severity_id,
    severity,
    status_id: 1,
    status: 'New',
    time: millisOf(finding['@timestamp']),
    start_time: millisOf(event.start ?? finding['@timestamp']),
    end_time: millisOf(event.end ?? finding['@timestamp']),
    message: finding.message,
    finding_info: findingInfo(finding),
    metadata: {
      version: SCHEMA_VERSION,
      profiles: [],
      product,
      event_code: text(event.code),
      log_name: text(finding.winlog?.channel),
      log_provider: text(event.provider),
      original_time: finding['@timestamp'],
    },
    evidences: evidence === undefined ? undefined : [evidence],
    observables: observables(finding),
    unmapped: {
      rule: finding.rule,
      process: evidence?.['process'] === undefined ? finding.process : undefined,
      winlog: finding.winlog,
      log: finding.log,
      huntaway: huntaway as JsonObject,
    },
  };
}

function findingInfo(finding: FindingLine): JsonObject {
  const { event, rule, huntaway } = finding;
  const { correlation } = huntaway;
  return {
    uid: uidOf(finding),
    title: rule.name,
    desc: finding.message,
    types: [correlation === undefined ? 'Sigma rule' : 'Sigma correlation'],
    src_url: rule.reference,
    first_seen_time: millisOf(event.start ?? finding['@timestamp']),
    last_seen_time: millisOf(event.end ?? finding['@timestamp']),
    attacks: attacksOf(huntaway.tags),
    analytic: { ...analytic(rule), version: rule.version },
    related_analytics: correlation?.rules.map(analytic),
    related_events_count: correlation?.count,
    related_events: correlation?.events.map(one => ({
      // The uid of the finding of the base rule, whether or not that is printed.
      uid: recordUid(one.rule, one.file, one.offset, one.host, one.channel, one.record_id, one.time),
      type_uid: 200401,
      title: correlation.rules.find(base => base.id === one.rule)?.name,
      first_seen_time: millisOf(one.time),
    })),
  };
}

function analytic({ id, name }: { readonly id: string; readonly name: string }): JsonObject {
  return { uid: id, name, type_id: 1, type: 'Rule' };
}

function uidOf(finding: FindingLine): string {
  const { rule, log, host, winlog, event, huntaway } = finding;
  const { correlation } = huntaway;
  const time = finding['@timestamp'];
  if (correlation === undefined) {
    return recordUid(
      rule.id,
      log?.file.path,
      log?.offset,
      host?.name,
      winlog?.channel,
      winlog?.record_id,
      time,
    );
  }
  return hash([
    rule.id,
    time,
    event.start ?? null,
    event.end ?? null,
    Object.entries(correlation.group),
    correlation.events.map(one => [one.rule, one.file, one.offset]),
  ]);
}

function recordUid(
  rule: string,
  file: string | undefined,
  offset: number | undefined,
  host: string | undefined,
  channel: string | undefined,
  record: string | number | undefined,
  time: string,
): string {
  return hash([
    rule,
    file ?? null,
    offset ?? null,
    host ?? null,
    channel ?? null,
    String(record ?? ''),
    time,
  ]);
}

function hash(identity: Json): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

/** What was seen, as far as OCSF's objects hold it; undefined where that is nothing. */
function evidenceOf({ host, user, process, source, destination }: FindingLine): JsonObject | undefined {
  const seen = process === undefined ? undefined : processOf(process);
  return present({
    device: text(host?.name) === undefined ? undefined : { hostname: host?.name, type_id: UNKNOWN },
    user: user?.name === undefined && user?.id === undefined ? undefined : userOf(user),
    process: seen,
    // A process without id is none in OCSF; its program is what is left.
    file: seen === undefined ? fileOf(process?.executable) : undefined,
    src_endpoint: endpoint(source),
    dst_endpoint: endpoint(destination),
  });
}

function userOf({ name, domain, id }: NonNullable<FindingLine['user']>): JsonObject {
  return { name, domain, uid: id };
}

type SeenProcess = NonNullable<FindingLine['process']>;

function processOf(process: SeenProcess | NonNullable<SeenProcess['parent']>): JsonObject | undefined {
  if (process.pid === undefined && process.entity_id === undefined) return undefined;
  const parent = 'parent' in process ? process.parent : undefined;
  return {
    pid: process.pid,
    uid: process.entity_id,
    name: process.name,
    cmd_line: process.command_line,
    working_directory: 'working_directory' in process ? process.working_directory : undefined,
    file: fileOf(process.executable),
    parent_process: parent === undefined ? undefined : processOf(parent),
  };
}

function fileOf(path: string | undefined): JsonObject | undefined {
  if (path === undefined) return undefined;
  const name = path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
  return { name: name === '' ? path : name, path, type_id: REGULAR_FILE };
}

function endpoint(address: FindingLine['source']): JsonObject | undefined {
  if (address?.ip === undefined && address?.domain === undefined) return undefined;
  return { ip: address.ip, hostname: address.domain, port: address.port };
}

/** Values to search by, each with the place that it stands at. */
function observables({ host, user, process, source, destination }: FindingLine): Json | undefined {
  const hasId = process?.pid !== undefined || process?.entity_id !== undefined;
  const rows: readonly (readonly [type_id: number, type: string, name: string, value: string | undefined])[] =
    [
      [1, 'Hostname', 'evidences[].device.hostname', host?.name],
      [4, 'User Name', 'evidences[].user.name', user?.name],
      [9, 'Process Name', 'evidences[].process.name', hasId ? process?.name : undefined],
      [13, 'Command Line', 'evidences[].process.cmd_line', hasId ? process?.command_line : undefined],
      [2, 'IP Address', 'evidences[].src_endpoint.ip', source?.ip],
      [1, 'Hostname', 'evidences[].src_endpoint.hostname', source?.domain],
      [2, 'IP Address', 'evidences[].dst_endpoint.ip', destination?.ip],
      [1, 'Hostname', 'evidences[].dst_endpoint.hostname', destination?.domain],
    ];
  const filled = rows.filter(([, , , value]) => text(value) !== undefined);
  if (filled.length === 0) return undefined;
  return filled.map(([type_id, type, name, value]) => ({ name, type_id, type, value }));
}

/** The object without its absent members; undefined where none is left. */
function present(object: JsonObject): JsonObject | undefined {
  const members = Object.entries(object).filter(([, value]) => value !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** A text that says something. */
function text(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function millisOf(time: string): number {
  return Math.floor(microsOf(time) / 1000);
}
