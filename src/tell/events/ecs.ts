/** Whole events in Elastic Common Schema, with Windows' own fields below `winlog` as Winlogbeat has them. */
import type { EventKind } from '../../read/events/index.ts';
import { writeMicros } from '../bytes/times.ts';
import { entities, eventData, mappingOf } from '../ecs/index.ts';
import { compile, json, object, type Part, type Write } from '../parts/part.ts';
import { type Reveal, textMember } from '../parts/values.ts';

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

/** Prepares the writer of one line for events of `kind`. */
export function ecsLine(kind: EventKind, options: Reveal): Write {
  const { shape, channel, provider, eventId, host } = kind;
  const code = json(eventId < 0 ? '' : String(eventId));
  const winlog: Write[] = [
    constant(`"channel":${json(channel)},"provider_name":${json(provider)},"event_id":${code},`),
    (out, event) => {
      if (event.recordId < 0) return;
      out.raw(RECORD_ID);
      out.integer(event.recordId);
      out.raw(QUOTE_COMMA);
    },
    constant(`"computer_name":${json(host)},`),
  ];
  for (const [name, from] of header) winlog.push(...member(name, from));
  const process = [...member('pid', 'Execution_ProcessID'), ...thread()];
  if (process.length > 0) winlog.push(object(process, { open: '"process":{', close: ',', empty: '' }));
  const user = member('identifier', 'Security_UserID');
  if (user.length > 0) winlog.push(object(user, { open: '"user":{', close: ',', empty: '' }));
  winlog.push(compile(['"event_data":', eventData(shape, options)]));
  const parts: Part[] = [
    '{"@timestamp":"',
    (out, event) => writeMicros(out, event.micros),
    `","event":{"kind":"event","code":${code},"provider":${json(provider)}},"host":{"name":${json(host)}},`,
    entities(shape, mappingOf(channel, eventId), options),
    object(winlog, { open: '"winlog":{' }),
    '}\n',
  ];
  return compile(parts);

  function member(name: string, from: string): Write[] {
    const field = shape.byName.get(from);
    return field?.section === 'System' ? [textMember(name, field.values, false)] : [];
  }

  function thread(): Write[] {
    const id = member('id', 'Execution_ThreadID');
    return id.length > 0 ? [object(id, { open: '"thread":{', close: ',', empty: '' })] : [];
  }
}

function constant(text: string): Write {
  const bytes = Buffer.from(text, 'utf8');
  return out => out.raw(bytes);
}
