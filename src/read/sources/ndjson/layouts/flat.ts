/**
 * One level of keys: NXLog (`im_msvistalog`), the Security-Datasets that were recorded with it, and programs that write an
 * event's fields side by side. Header fields are told by their names, bookkeeping of NXLog and Logstash likewise, and the rest
 * is EventData.
 *
 * NXLog writes the severity of its own into `EventType` (`INFO`, `AUDIT_SUCCESS`), unless the event has a field of that
 * name: then that is `EventType` and NXLog's is called `EventTypeOrignal`. `SeverityValue` is no Windows level and makes none.
 */
import type { Draft } from '../draft.ts';
import { type Leaf, leavesOf, type Member } from '../members.ts';
import type { Layout } from './layout.ts';
import { type Names, takeHeader } from './names.ts';

const names: Names = [
  ['EventID', 'EventID', 'EventCode', 'EventId', 'event_id'],
  ['Channel', 'Channel', 'LogName'],
  ['Provider_Name', 'Provider_Name', 'SourceName', 'ProviderName', 'Provider'],
  ['Provider_Guid', 'Provider_Guid', 'ProviderGuid'],
  ['EventID_Qualifiers', 'Qualifiers', 'EventID_Qualifiers'],
  ['Version', 'Version'],
  ['Level', 'Level'],
  ['Task', 'Task'],
  ['Opcode', 'OpcodeValue', 'Opcode'],
  ['Keywords', 'Keywords'],
  ['EventRecordID', 'EventRecordID', 'RecordNumber', 'RecordID', 'RecordId'],
  ['Correlation_ActivityID', 'Correlation_ActivityID', 'ActivityID'],
  ['Correlation_RelatedActivityID', 'Correlation_RelatedActivityID', 'RelatedActivityID'],
  ['Execution_ProcessID', 'Execution_ProcessID', 'ExecutionProcessID'],
  ['Execution_ThreadID', 'Execution_ThreadID', 'ExecutionThreadID'],
  ['Computer', 'Computer', 'Hostname', 'ComputerName', 'MachineName'],
  ['Security_UserID', 'Security_UserID', 'UserID'],
];

/** Keys that are the header's in Windows events and hardly anywhere else. */
const telling = new Set(
  names
    .filter(([header]) => !['Version', 'Level', 'Task', 'Opcode', 'Keywords', 'Computer'].includes(header))
    .flatMap(([, ...keys]) => keys),
);

/** What shippers add, whatever the event. */
const bookkeeping = new Set([
  '@version',
  '_index',
  '_id',
  '_score',
  '_type',
  'tags',
  'host',
  'port',
  'type',
  'SeverityValue',
  'EventReceivedTime',
  'SourceModuleName',
  'SourceModuleType',
  'EventTypeOrignal',
  'EventTypeOriginal',
  'ERROR_EVT_UNRESOLVED',
  'MessageSourceAddress',
]);

/** NXLog's own, and fields of some events. */
const ofNxlogOnly = new Set(['Category', 'Severity']);
/** Written by NXLog only. */
const marksOfNxlog = ['SourceModuleType', 'SeverityValue', 'EventReceivedTime'];
/** The account of UserID, which NXLog looks up. */
const account = new Set(['AccountName', 'AccountType', 'Domain']);

/** Data that stands in an object of its own. */
const inside = /^(?:EventData|UserData|event_data)\./;

const created = ['TimeCreated_SystemTime', 'TimeCreated', 'SystemTime'];
const written = ['EventTime', 'TimeGenerated'];

export const flat: Layout = {
  name: 'flat',
  fits(members) {
    return members.filter(({ key, slot }) => slot >= 0 && telling.has(key)).length >= 2;
  },
  draft(members, draft) {
    flatLeaves(takeHeader(names, leavesOf(members), draft), members, draft);
  },
};

function flatLeaves(leaves: readonly Leaf[], members: readonly Member[], draft: Draft): void {
  const keys = new Set(members.map(({ key }) => key));
  const ofNxlog = marksOfNxlog.some(key => keys.has(key));
  const typeIsOwn = !ofNxlog || keys.has('EventTypeOrignal') || keys.has('EventTypeOriginal');
  const looksUp = ofNxlog && keys.has('AccountType');
  for (const { path, slot } of leaves) {
    if (path === '@timestamp') draft.times.stamp.push(slot);
    else if (path === 'EventReceivedTime') draft.times.received.push(slot);
    else if (path === 'UtcTime') draft.times.utc.push(slot);
    else if (created.includes(path)) draft.times.created.push(slot);
    else if (written.includes(path)) draft.times.written.push(slot);
    if (path === 'Message') draft.rendering('Message', slot);
    else if (path === 'Opcode') draft.rendering('Opcode', slot);
    else if (path === 'ThreadID' && keys.has('ExecutionProcessID')) draft.header('Execution_ThreadID', slot);
    else if (path === '@timestamp' || created.includes(path) || written.includes(path))
      draft.other(path, slot);
    else if (bookkeeping.has(path) || (ofNxlog && ofNxlogOnly.has(path))) draft.other(path, slot);
    else if (path === 'EventType' && !typeIsOwn) draft.other(path, slot);
    else if (account.has(path) && looksUp) draft.other(path, slot);
    else if (inside.test(path)) draft.data(path.replace(inside, ''), slot);
    else if (path.includes('.') && !keys.has(path)) draft.other(path, slot);
    else draft.data(path, slot);
  }
}
