/** Says what JSON of another kind is: by keys that its programs write, wherever they stand in the beginning of the input. */

/** What content is, and what to do to have it read; empty where there is nothing in it for a hunt. */
export type Description = { readonly name: string; readonly remedy: string };

/** Keys that all have to be there, what has them, and the remedy where it may hold events. */
const kinds: readonly (readonly [name: string, keys: readonly string[], remedy?: string])[] = [
  [
    'the answer of Elasticsearch to a search',
    ['took', '_shards', 'hits'],
    'give the list in it: jq -c .hits.hits[]',
  ],
  [
    'an export of Splunk without fields of Windows events or their XML',
    ['_raw'],
    'if it holds Windows events, export them with their fields: … | table *',
  ],
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

/** What the JSON is that `text` begins. */
export function describeJson(text: string): Description {
  const keys = new Set<string>();
  for (const [, key] of text.matchAll(/"([^"\\]{1,64})"[ \t\r\n]{0,8}:/g)) keys.add(key!);
  const kind = kinds.find(([, wanted]) => wanted.every(key => keys.has(key)));
  return { name: kind?.[0] ?? 'JSON that holds no Windows events', remedy: kind?.[2] ?? '' };
}
