/** Events of a reader as Windows writes them in XML, for tests and the bench. */
import { type LazyEvent, refTexts, type ValueRef, type XmlElement } from '../src/read/events/index.ts';

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
    /[&<>"'\x01-\x1f\x7f-\x9f\u{d800}-\u{dfff}\ufeff\ufffe\uffff]/gu,
    letter =>
      `&#${letter.charCodeAt(0) % 2 === 0 ? letter.charCodeAt(0) : `x${letter.charCodeAt(0).toString(16)}`};`,
  );
}

/** The text of a value; undefined where the event has none. An array is its first value, as Windows has it. */
function firstText(event: LazyEvent, value: ValueRef): string | undefined {
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
    .map(({ name, value }) => [name, firstText(event, value)] as const)
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
