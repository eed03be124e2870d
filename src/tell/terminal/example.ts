/** The most telling values of an event in one short line. */
import { fieldText, type LazyEvent, type Shape, type ShapeField } from '../../read/events/index.ts';
import { mask } from '../masking/index.ts';
import { plain } from './plain.ts';

/**
 * Fields in order of what they tell; the first group of which an event has a value is shown. Within a
 * group all present values stand beside each other.
 */
const telling: readonly (readonly string[])[] = [
  ['CommandLine'],
  ['ScriptBlockText'],
  ['ServiceName', 'ImagePath', 'ServiceFileName'],
  ['TaskName', 'ActionName'],
  ['TargetObject', 'Details'],
  ['ImageLoaded', 'Image'],
  ['SourceImage', 'TargetImage'],
  ['PipeName', 'Image'],
  ['QueryName', 'Image'],
  ['DestinationIp', 'DestinationPort', 'Image'],
  ['TargetFilename', 'Image'],
  ['ThreatName', 'Path'],
  ['NewProcessName'],
  ['ShareName', 'RelativeTargetName', 'IpAddress'],
  ['ServiceName', 'TargetUserName', 'IpAddress'],
  ['TargetUserName', 'IpAddress', 'WorkstationName'],
  ['ObjectName', 'ProcessName'],
  ['MemberName', 'TargetUserName'],
  ['Image'],
  ['ProcessName'],
  ['Payload'],
  ['ContextInfo'],
  ['User', 'Address'],
  ['Param1', 'Param3'],
  ['Consumer', 'Filter'],
  ['Operation'],
  ['Query'],
  ['SubjectUserName'],
  ['Data'],
];

const SEPARATOR = ' · ';
const DEFAULT_LIMIT = 160;
/** Of a long text (a script of megabytes) only the beginning is looked at. */
const LOOK_AT = 4096;

/** Groups of which the shape has a field, resolved once. */
const groupsOfShape = new WeakMap<Shape, readonly (readonly ShapeField[])[]>();

function groupsOf(shape: Shape): readonly (readonly ShapeField[])[] {
  let groups = groupsOfShape.get(shape);
  if (groups === undefined) {
    groups = telling.flatMap(names => {
      // The first name is what makes the group: an address without the share says little.
      if (!shape.byName.has(names[0]!)) return [];
      return [names.flatMap(name => shape.byName.get(name) ?? [])];
    });
    if (groups.length === 0) {
      const own = shape.fields.filter(field => field.section !== 'System').slice(0, 3);
      if (own.length > 0) groups = [own];
    }
    groupsOfShape.set(shape, groups);
  }
  return groups;
}

function telltale(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text !== '-';
}

/** The most telling values of an event in one line of at most `limit` characters, masked unless `reveal`. */
export function exampleText(
  event: LazyEvent,
  { reveal = false, limit = DEFAULT_LIMIT }: { reveal?: boolean; limit?: number } = {},
): string {
  for (const fields of groupsOf(event.shape)) {
    const texts: string[] = [];
    for (const field of fields) {
      const text = fieldText(event, field);
      if (telltale(text)) texts.push(text.length > LOOK_AT ? text.slice(0, LOOK_AT) : text);
      else if (field === fields[0]) break;
    }
    if (texts.length === 0) continue;
    const shown = reveal ? texts : texts.map(mask);
    return shorten(plain(shown.join(SEPARATOR)).trim(), limit);
  }
  return '';
}

/** At most `limit` characters, an ellipsis for what is cut; never half a surrogate pair. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = Math.max(0, limit - 1);
  const last = text.charCodeAt(end - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)}…`;
}
