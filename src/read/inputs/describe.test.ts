import { expect, test } from 'vitest';
import { describeUnknown } from './describe.ts';

const said = (text: string | Buffer): string => describeUnknown(Buffer.from(text as string), ['evtx']);

test.each([
  [
    '{"took":3,"_shards":{},"hits":{"total":1,"hits":[]}}',
    'the answer of Elasticsearch to a search; this version reads evtx; give the list in it: jq -c .hits.hits[]',
  ],
  [
    '{"result":{"_raw":"LogName=Security\\nEventCode=1","sourcetype":"WinEventLog"}}',
    'an export of Splunk without fields of Windows events or their XML; this version reads evtx; if it holds Windows events, export them with their fields: … | table *',
  ],
])('%j can be had otherwise: %s', (text, sentence) => {
  expect(said(text)).toBe(sentence);
});

test.each([
  ['{"ts":1,"uid":"C1","id_orig_h":"10.0.1.6"}', 'a Zeek log as JSON'],
  ['{"timestamp":"x","flow_id":1,"event_type":"alert"}', 'Suricata events (EVE JSON)'],
  ['{"Records":[{"eventSource":"s3","eventName":"x","awsRegion":"y"}]}', 'AWS CloudTrail'],
  ['[1, 2]', 'JSON that holds no Windows events'],
  ['{"a":1}', 'JSON that holds no Windows events'],
  [
    '<?xml version="1.0"?>\n<!-- <a> --><Task version="1.2">',
    'looks like XML without Windows events (it begins with the element Task)',
  ],
  ['<!DOCTYPE html><html lang="en">', 'a web page'],
  ['<html>', 'a web page'],
  ['<Objs Version="1.1.0.1">', 'objects of PowerShell (Export-Clixml)'],
  ['<?xml version="1.0"?>', 'looks like XML'],
  ['<!-- a comment that does not end', 'looks like XML'],
  ['type=SYSCALL msg=audit(1604994496.155:1): a0=1\x1dARCH=x86_64', 'a Linux audit log'],
  ['node=h type=CWD msg=audit(1604994496.155:1): cwd="/"', 'a Linux audit log'],
  ['type=text msg=audit trail', 'text of no known type'],
  ['plain text', 'text of no known type'],
])('%j: %s', (text, name) => {
  expect(said(text).split('; export')[0]).toBe(`${name}; this version reads evtx`);
  expect(said(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(said(text));
});
