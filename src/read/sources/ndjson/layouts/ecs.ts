/**
 * Elastic Common Schema with Windows' own fields below `winlog`: Winlogbeat 7 and later, Elastic Agent, our own dump; as
 * nested objects or with keys that have points in them. Winlogbeat 6 has the same fields under older names.
 *
 * Values of an event without names are called `param1`, `param2` … there. Where an event has no others but the `Binary` that
 * stands beside them, they answer to `Data` as well, which is what rules call them.
 */
import type { Draft } from '../draft.ts';
import { type Leaf, leavesOf } from '../members.ts';
import type { Layout } from './layout.ts';
import { type Names, takeHeader } from './names.ts';

const names: Names = [
  ['EventID', 'winlog.event_id', 'event.code'],
  ['Channel', 'winlog.channel'],
  ['Provider_Name', 'winlog.provider_name', 'event.provider'],
  ['Provider_Guid', 'winlog.provider_guid'],
  ['Version', 'winlog.version'],
  ['Level', 'winlog.level'],
  ['Task', 'winlog.task'],
  ['Opcode', 'winlog.opcode'],
  ['Keywords', 'winlog.keywords'],
  ['EventRecordID', 'winlog.record_id'],
  ['Correlation_ActivityID', 'winlog.activity_id'],
  ['Correlation_RelatedActivityID', 'winlog.related_activity_id'],
  ['Execution_ProcessID', 'winlog.process.pid'],
  ['Execution_ThreadID', 'winlog.process.thread.id'],
  ['Computer', 'winlog.computer_name', 'host.name'],
  ['Security_UserID', 'winlog.user.identifier'],
];

const older: Names = [
  ['EventID', 'event_id'],
  ['Channel', 'log_name'],
  ['Provider_Name', 'source_name'],
  ['Provider_Guid', 'provider_guid'],
  ['Version', 'version'],
  ['Level', 'level_value'],
  ['Task', 'task'],
  ['Opcode', 'opcode'],
  ['Keywords', 'keywords'],
  ['EventRecordID', 'record_number', 'record_id'],
  ['Correlation_ActivityID', 'activity_id'],
  ['Correlation_RelatedActivityID', 'related_activity_id'],
  ['Execution_ProcessID', 'process_id'],
  ['Execution_ThreadID', 'thread_id'],
  ['Computer', 'computer_name'],
  ['Security_UserID', 'user.identifier'],
];

export const ecs: Layout = {
  name: 'ecs',
  fits(members) {
    return leavesOf(members).some(({ path }) => path.startsWith('winlog.'));
  },
  draft(members, draft) {
    place(takeHeader(names, leavesOf(members), draft), 'winlog.', draft);
  },
};

export const winlogbeat6: Layout = {
  name: 'winlogbeat-6',
  fits(members) {
    const has = (key: string): boolean => members.some(member => member.key === key);
    return has('log_name') && (has('event_id') || has('source_name') || has('computer_name'));
  },
  draft(members, draft) {
    place(takeHeader(older, leavesOf(members), draft), '', draft);
  },
};

function place(leaves: readonly Leaf[], prefix: string, draft: Draft): void {
  const ofEvent = `${prefix}event_data.`;
  const ofUser = `${prefix}user_data.`;
  const data = leaves.filter(({ path }) => path.startsWith(ofEvent));
  const isParam = (path: string): boolean => /^param\d+$/.test(path.slice(ofEvent.length));
  const onlyParams = data.every(({ path }) => isParam(path) || path === `${ofEvent}Binary`);
  const user: Leaf[] = [];
  for (const leaf of leaves) {
    const { path, slot } = leaf;
    if (path.startsWith(ofEvent)) {
      draft.data(path.slice(ofEvent.length), slot);
      if (onlyParams && isParam(path)) draft.unnamed(slot);
    } else if (path.startsWith(ofUser) && path !== `${ofUser}xml_name`) user.push(leaf);
    else if (path === 'message') draft.rendering('Message', slot);
    else {
      if (path === '@timestamp' || path === 'winlog.time_created') draft.times.created.push(slot);
      draft.other(path, slot);
    }
  }
  if (user.length === 0) return;
  draft.section({
    name: 'UserData',
    attributes: [],
    text: [],
    children: user.map(({ path, slot }) => ({
      name: path.slice(path.lastIndexOf('.') + 1),
      attributes: [],
      children: [],
      text: [{ kind: 'slot', slot }],
    })),
  });
}
