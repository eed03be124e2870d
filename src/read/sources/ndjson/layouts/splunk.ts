/**
 * What Splunk exports: fields that it extracted, side by side, with `_time` and the like; the event's own text is in `_raw`.
 * Fields of the event keep their names, Splunk's own begin with an underscore or are in the list below.
 */
import type { Draft } from '../draft.ts';
import { leavesOf } from '../members.ts';
import type { Layout } from './layout.ts';
import { type Names, takeHeader } from './names.ts';

const names: Names = [
  ['EventID', 'EventCode', 'EventID'],
  ['Channel', 'Channel', 'LogName'],
  ['Provider_Name', 'SourceName', 'Name', 'ProviderName'],
  ['Provider_Guid', 'Guid', 'ProviderGuid'],
  ['Version', 'Version'],
  ['Level', 'Level'],
  ['Task', 'Task', 'TaskCategory'],
  ['Opcode', 'Opcode', 'OpCode'],
  ['Keywords', 'Keywords'],
  ['EventID_Qualifiers', 'Qualifiers'],
  ['EventRecordID', 'EventRecordID', 'RecordNumber', 'RecordID'],
  ['Correlation_ActivityID', 'ActivityID'],
  ['Correlation_RelatedActivityID', 'RelatedActivityID'],
  ['Execution_ProcessID', 'ProcessID'],
  ['Execution_ThreadID', 'ThreadID'],
  ['Computer', 'Computer', 'ComputerName', 'dvc'],
  ['Security_UserID', 'UserID', 'Sid'],
];

const bookkeeping = new Set([
  // Both names of the id may be there, and the time of event XML.
  'EventCode',
  'EventID',
  'SystemTime',
  'host',
  'index',
  'linecount',
  'source',
  'sourcetype',
  'splunk_server',
  'splunk_server_group',
  'punct',
  'eventtype',
  'timestartpos',
  'timeendpos',
  'product',
  'vendor',
  'vendor_product',
  'SidType',
]);

export const splunk: Layout = {
  name: 'splunk',
  fits(members) {
    const has = (key: string): boolean => members.some(member => member.key === key);
    return (has('_raw') || has('_time') || has('sourcetype')) && (has('EventCode') || has('EventID'));
  },
  draft(members, draft: Draft) {
    const leaves = takeHeader(names, leavesOf(members), draft);
    // The kind of event (`Information`) where the header was written as text, and a field of some events.
    const typeIsOwn = !members.some(({ key }) => key === 'LogName');
    for (const { path, slot } of leaves) {
      if (path === '_time') draft.times.written.push(slot);
      else if (path === 'SystemTime') draft.times.created.push(slot);
      else if (path === 'UtcTime') draft.times.utc.push(slot);
      if (path === 'source') draft.prefixedChannel(slot);
      if (path === 'Message') draft.rendering('Message', slot);
      else if (
        path.startsWith('_') ||
        path.startsWith('date_') ||
        path.startsWith('tag') ||
        bookkeeping.has(path) ||
        (path === 'Type' && !typeIsOwn)
      )
        draft.other(path, slot);
      else draft.data(path, slot);
    }
  },
};
