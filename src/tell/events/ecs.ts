/** Whole events in Elastic Common Schema, with Windows' own fields below `winlog` as Winlogbeat has them. */
import type { EventKind, LazyEvent } from '../../read/events/index.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { writeMicros } from '../bytes/times.ts';
import { entities, eventData, mappingOf } from '../ecs/index.ts';
import type { Parts } from '../parts/part.ts';

const RECORD_ID = Buffer.from('"record_id":"');
const QUOTE_COMMA = Buffer.from('",');

/** Header fields below `winlog`, by their Sigma name. */
const header = [
  ['provider_guid', 'Provider_Guid'],
  ['version', 'Version'],
  ['level', 'Level'],
  ['task', 'Task'],
  ['opcode', 'Opcode'],
  ['keywords', 'Keywords'],
  ['activity_id', 'Correlation_ActivityID'],
  ['related_activity_id', 'Correlation_RelatedActivityID'],
] as const;

/** Prepares the program of one line for events of `kind`. */
export function ecsLine(kind: EventKind, parts: Parts): number {
  const { shape, channel, provider, eventId, host } = kind;
  const code = eventId < 0 ? '' : String(eventId);
  const start = parts.begin();
  parts.text('{"@timestamp":"');
  parts.call(writeTime);
  constants(parts, '","event":{"kind":"event","code":', code, ',"provider":', provider);
  constants(parts, '},"host":{"name":', host, '},');
  entities(parts, shape, mappingOf(channel, eventId));
  constants(parts, '"winlog":{"channel":', channel, ',"provider_name":', provider, ',"event_id":', code, ',');
  parts.call(writeRecordId);
  constants(parts, '"computer_name":', host, ',');
  for (const [name, from] of header) member(name, from);
  parts.open('"process":{');
  member('pid', 'Execution_ProcessID');
  parts.open('"thread":{');
  member('id', 'Execution_ThreadID');
  parts.closeOr('},', '');
  parts.closeOr('},', '');
  parts.open('"user":{');
  member('identifier', 'Security_UserID');
  parts.closeOr('},', '');
  parts.text('"event_data":');
  eventData(parts, shape);
  parts.text('}}\n');
  parts.end();
  return start;

  function member(name: string, from: string): void {
    const field = shape.byName.get(from);
    if (field?.section === 'System') parts.textMember(name, field.values, from);
  }
}

/** JSON text and texts in turn, which become strings. */
function constants(parts: Parts, ...pieces: readonly string[]): void {
  for (const [i, piece] of pieces.entries()) {
    if (i % 2 === 0) parts.text(piece);
    else parts.string(piece);
  }
}

function writeTime(out: ByteWriter, event: LazyEvent): void {
  writeMicros(out, event.micros);
}

function writeRecordId(out: ByteWriter, event: LazyEvent): void {
  if (event.recordId < 0) return;
  out.raw(RECORD_ID);
  out.integer(event.recordId);
  out.raw(QUOTE_COMMA);
}
