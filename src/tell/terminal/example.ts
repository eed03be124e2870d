/** The most telling values of an event in one short line. */
import {
  fieldText,
  fieldTexts,
  type LazyEvent,
  type Shape,
  type ShapeField,
  soleSlot,
  utf16Text,
  ValueType,
} from '../../read/events/index.ts';
import { mask, mayHoldSecretUtf16 } from '../masking/index.ts';
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
  ['Application', 'DestAddress', 'DestPort'],
  ['TargetFilename', 'Image'],
  ['ThreatName', 'Path'],
  ['NewProcessName'],
  ['ShareName', 'RelativeTargetName', 'IpAddress'],
  ['ServiceName', 'TargetUserName', 'IpAddress'],
  ['TargetUserName', 'IpAddress', 'WorkstationName'],
  ['ObjectName', 'ProcessName'],
  ['MemberName', 'TargetUserName'],
  ['ObjectDN', 'AttributeLDAPDisplayName'],
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
  // FortiGate: a change of its configuration, a tunnel, traffic, anything else.
  ['cfgpath', 'cfgobj', 'action', 'user'],
  ['tunnelip', 'user', 'remip', 'action'],
  ['srcip', 'dstip', 'dstport', 'action', 'user'],
  ['msg', 'user', 'remip'],
  ['Data'],
];

const SEPARATOR = ' · ';
const DEFAULT_LIMIT = 160;

/** Groups of which the shape has a field, resolved once. */
const groupsOfShape = new WeakMap<Shape, readonly (readonly Part[])[]>();

function groupsOf(shape: Shape): readonly (readonly Part[])[] {
  let groups = groupsOfShape.get(shape);
  if (groups === undefined) {
    const fields = telling.flatMap(names => {
      // The first name is what makes the group: an address without the share says little.
      if (!shape.byName.has(names[0]!)) return [];
      return [names.flatMap(name => shape.byName.get(name) ?? [])];
    });
    if (fields.length === 0)
      fields.push(
        shape.fields.filter(({ section }) => section !== 'System' && section !== 'Shipper').slice(0, 3),
      );
    groups = fields.map(group => group.map(field => ({ field, slot: soleSlot(field) })));
    groupsOfShape.set(shape, groups);
  }
  return groups;
}

/** A field and the slot that alone holds it, or -1. */
type Part = { readonly field: ShapeField; readonly slot: number };

function telltale(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text !== '-';
}

/**
 * The beginning of a value, `limit` characters or more, secrets hidden. Only what is shown is decoded, unless the
 * value may hold a secret: what makes a word a secret can stand anywhere in the line.
 */
function beginning(
  event: LazyEvent,
  { field, slot }: Part,
  reveal: boolean,
  limit: number,
): string | undefined {
  if (slot >= 0 && event.types[slot] === ValueType.String) {
    const start = event.offsets[slot]!;
    const size = event.sizes[slot]!;
    if (reveal || !mayHoldSecretUtf16(event.bytes, start, start + size)) {
      return utf16Text(event.bytes, start, Math.min(size, 2 * limit));
    }
  }
  const isList = slot < 0 || event.types[slot]! >= ValueType.Array;
  const text = isList ? ofSeveral(fieldTexts(event, field)) : fieldText(event, field);
  return text === undefined || reveal ? text : mask(text);
}

/** Of values without names, the first says who speaks and a path among the others what of. */
function ofSeveral(texts: readonly string[]): string | undefined {
  const said = texts.filter(telltale);
  const path = said.find((text, i) => i > 0 && text.includes('\\'));
  return path === undefined ? said[0] : said[0] + SEPARATOR + path;
}

/** The most telling values of an event in one line of at most `limit` characters, masked unless `reveal`. */
export function exampleText(
  event: LazyEvent,
  { reveal = false, limit = DEFAULT_LIMIT }: { reveal?: boolean; limit?: number } = {},
): string {
  // Line breaks and blanks are drawn together, so a little more than what is shown is needed.
  const enough = 2 * limit;
  for (const parts of groupsOf(event.shape)) {
    let shown = '';
    // By index: this runs for every finding that is evidence, and pairs of an iterator cost as much as the rest.
    for (let i = 0; i < parts.length; i++) {
      const text = beginning(event, parts[i]!, reveal, enough);
      if (telltale(text)) {
        const short = text.length > enough ? text.slice(0, enough) : text;
        shown = shown === '' ? short : shown + SEPARATOR + short;
      } else if (i === 0) break;
      if (shown.length >= enough) break;
    }
    if (shown !== '') return shorten(plain(shown).trim(), limit);
  }
  return '';
}

/** At most `limit` characters, an ellipsis for what is cut; never half a surrogate pair. */
function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = Math.max(0, limit - 1);
  const last = text.charCodeAt(end - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)}…`;
}
