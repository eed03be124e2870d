/**
 * Events as Windows writes them in XML, for tests: from the event that a reader gives, or from the one that was asked
 * for. Written apart from the reader on purpose.
 */
import { type LazyEvent, refTexts, type ValueRef, type XmlElement } from '../src/read/events/index.ts';
import type { EventData, EvtxEvent, EvtxValue, UserElement } from '../src/read/sources/evtx/write/index.ts';
import { expectedText, expectedTexts } from './evtx-arbitrary.ts';

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';

/** How it is written: as wevtutil does by default. */
export type XmlStyle = {
  readonly quote?: '"' | "'";
  /** Indented, an element a line, as Event Viewer does. */
  readonly pretty?: boolean;
  /** `<Data Name="x" />` for a field that is empty. */
  readonly shortEmpty?: boolean;
};

/** Text in which nothing is markup, and no line end is lost: what XML would not keep is a reference. */
export function escapeXml(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be written as references.
    /[&<>"'\x01-\x1f\x7f-\x9f\u{d800}-\u{dfff}\ufeff\ufffe\uffff]/gu,
    letter =>
      `&#${letter.charCodeAt(0) % 2 === 0 ? letter.charCodeAt(0) : `x${letter.charCodeAt(0).toString(16)}`};`,
  );
}

/** The text of a value; undefined where the event has none. An array is its first value, as Windows has it. */
function valueOf(event: LazyEvent, value: ValueRef): string | undefined {
  const texts = refTexts(event, value);
  return texts.length === 0 ? undefined : texts[0];
}

/** The elements that an array of values becomes: one each. */
function valuesOf(event: LazyEvent, element: XmlElement): readonly (readonly string[])[] {
  const [only] = element.text;
  if (element.text.length === 1 && only?.kind === 'slot') {
    const texts = refTexts(event, only);
    if (texts.length > 1) return texts.map(text => [text]);
  }
  return [element.text.map(value => refTexts(event, value).join(''))];
}

/** The element, as many times as it has values. */
export function elementXml(event: LazyEvent, element: XmlElement, style: XmlStyle = {}, depth = 0): string {
  const { quote = "'", pretty = false, shortEmpty = false } = style;
  const line = pretty ? `\r\n${'  '.repeat(depth)}` : '';
  const attributes = element.attributes
    .map(({ name, value }) => [name, valueOf(event, value)] as const)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${quote}${escapeXml(value!)}${quote}`)
    .join('');
  const start = `${depth === 0 ? '' : line}<${element.name}${attributes}`;
  const children = element.children.map(child => elementXml(event, child, style, depth + 1)).join('');
  return valuesOf(event, element)
    .map(texts => {
      const inner = escapeXml(texts.join('')) + children;
      const short = inner === '' && (shortEmpty || element.text.length === 0);
      if (short) return `${start}/>`;
      return `${start}>${inner}${children === '' ? '' : line}</${element.name}>`;
    })
    .join('');
}

/** The event of a reader as event XML. */
export function eventXml(event: LazyEvent, style: XmlStyle = {}): string {
  return elementXml(event, event.shape.root, style);
}

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
