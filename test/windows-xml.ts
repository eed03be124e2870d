/**
 * Events to be written, as Windows would render them in XML. The text comes from what was asked for, never from bytes
 * or a reader, so that it knows nothing of either.
 */
import type { EventData, EvtxEvent, EvtxValue, UserElement } from '../src/read/sources/evtx/write/index.ts';
import { escapeXml, type XmlStyle } from './as-xml.ts';
import { expectedText, expectedTexts } from './evtx-arbitrary.ts';

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';

/** Elements as text, to be put together: what an element has, and its children. */
type Drawn = {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string | undefined])[];
  /** Text, or children; an empty text is an element that has one. */
  readonly content: string | readonly Drawn[] | null;
};

function drawn(name: string, attributes: Drawn['attributes'], content: Drawn['content'] = null): Drawn {
  return { name, attributes, content };
}

function draw({ name, attributes, content }: Drawn, style: XmlStyle, depth: number): string {
  const { quote = "'", pretty = false, shortEmpty = false } = style;
  const line = pretty ? `\r\n${'  '.repeat(depth)}` : '';
  const start = `<${name}${attributes
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${quote}${escapeXml(value!)}${quote}`)
    .join('')}`;
  const before = depth === 0 ? '' : line;
  if (content === null || (content === '' && shortEmpty)) return `${before}${start}${pretty ? ' ' : ''}/>`;
  if (typeof content === 'string') return `${before}${start}>${escapeXml(content)}</${name}>`;
  return `${before}${start}>${content.map(child => draw(child, style, depth + 1)).join('')}${line}</${name}>`;
}

/** One element per value: a list is the element several times. */
function valued(name: string, attributes: Drawn['attributes'], value: EvtxValue): readonly Drawn[] {
  const texts = expectedTexts(value);
  return (texts.length === 0 ? [''] : texts).map(text => drawn(name, attributes, text));
}

function user(element: UserElement): readonly Drawn[] {
  const attributes = Object.entries(element.attributes ?? {});
  if (element.children === undefined) return valued(element.name, attributes, element.value ?? null);
  return [drawn(element.name, attributes, element.children.flatMap(user))];
}

function dataOf(data: EventData): readonly Drawn[] {
  switch (data.kind) {
    case 'named':
      return [
        drawn(
          'EventData',
          [],
          data.fields.flatMap(([name, value]) => valued('Data', [['Name', name]], value)),
        ),
      ];
    case 'unnamed':
      return [
        drawn(
          'EventData',
          [],
          data.values.flatMap(value => valued('Data', [], value)),
        ),
      ];
    case 'user':
      return [drawn('UserData', [], user(data.root))];
    case 'none':
      return [];
  }
}

/** The event as Windows renders it; `digits` of its time's fraction. */
export function windowsXml(event: EvtxEvent, recordNumber: number, style: XmlStyle = {}, digits = 9): string {
  const { provider } = event;
  const text = (name: string, value: string | number | undefined): readonly Drawn[] =>
    value === undefined ? [] : [drawn(name, [], String(value))];
  const number = (value: number | undefined): string => String(value ?? 0);
  const time = expectedText({ type: 'filetime', value: event.time });
  const system: readonly Drawn[] = [
    drawn('Provider', [
      ['Name', provider.name],
      ['Guid', provider.guid],
      ['EventSourceName', provider.source],
    ]),
    drawn('EventID', [['Qualifiers', event.qualifiers?.toString()]], number(event.eventId)),
    ...text('Version', event.version),
    ...text('Level', number(event.level)),
    ...text('Task', number(event.task)),
    ...text('Opcode', number(event.opcode)),
    ...text('Keywords', `0x${(event.keywords ?? 0n).toString(16)}`),
    drawn('TimeCreated', [['SystemTime', time.replace('Z', `${'0'.repeat(Math.max(0, digits - 6))}Z`)]]),
    ...text('EventRecordID', event.recordId ?? recordNumber),
    drawn('Correlation', [
      ['ActivityID', event.activityId],
      ['RelatedActivityID', event.relatedActivityId],
    ]),
    drawn('Execution', [
      ['ProcessID', number(event.processId)],
      ['ThreadID', number(event.threadId)],
    ]),
    ...text('Channel', event.channel),
    ...text('Computer', event.computer),
    drawn('Security', [['UserID', event.userId]]),
  ];
  const root = drawn('Event', [['xmlns', NAMESPACE]], [drawn('System', [], system), ...dataOf(event.data)]);
  return draw(root, style, 0);
}
