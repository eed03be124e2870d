/** Says what JSON of another kind is: by keys that its programs write, wherever they stand in the beginning of the input. */

/** Keys that all have to be there, and what has them. */
const kinds: readonly (readonly [name: string, keys: readonly string[]])[] = [
  ['findings of a hunt', ['rule', 'name', 'winlog', 'event_data']],
  ['Suricata events (EVE JSON)', ['event_type', 'flow_id']],
  ['a Zeek log as JSON', ['uid', 'id.orig_h']],
  ['a Zeek log as JSON', ['uid', 'id_orig_h']],
  ['a Zeek log as JSON', ['_path', 'ts']],
  ['AWS CloudTrail', ['eventSource', 'eventName', 'awsRegion']],
  ['a Kubernetes audit log', ['auditID', 'verb']],
  ['an audit log of Microsoft 365', ['Workload', 'RecordType', 'CreationTime']],
  ['an audit or sign-in log of Microsoft Entra', ['userPrincipalName', 'correlationId']],
  ['an audit log of Google Cloud', ['protoPayload', 'logName']],
  ['a log of osquery', ['hostIdentifier', 'calendarTime', 'action']],
  ['a journal of systemd as JSON', ['__REALTIME_TIMESTAMP', '_BOOT_ID']],
  ['a STIX bundle', ['spec_version', 'created']],
  ['an ATT&CK Navigator layer', ['techniques', 'domain']],
];

/** The name of the JSON that `text` begins, undefined where no kind is known. */
export function jsonKind(text: string): string | undefined {
  const keys = new Set<string>();
  for (const [, key] of text.matchAll(/"([^"\\]{1,64})"[ \t\r\n]{0,8}:/g)) keys.add(key!);
  return kinds.find(([, wanted]) => wanted.every(key => keys.has(key)))?.[0];
}
