/** What all explanations for people are made of: title, event, and words at the left with text beside them. */
import type { LogSource, Place } from '../../know/sigma/index.ts';
import { plain, type Style, second, shortLevel, wrap } from '../terminal/index.ts';
import type { EventLabel, ExplainedDocument, ExplanationOptions } from './types.ts';

const LABEL = 11;

export type Page = ExplanationOptions & { readonly paint: Style };

export function titleLines(rule: ExplainedDocument, { width, paint }: Page): string[] {
  const { level, status, id, place } = rule;
  const facts = [
    // A filter has neither, and needs none.
    ...(level !== null
      ? [paint.level(level, shortLevel(level))]
      : rule.kind === 'filter'
        ? []
        : ['no level']),
    ...(status !== null ? [status] : rule.kind === 'filter' ? [] : ['no status']),
    ...(id === null ? [] : [plain(id)]),
  ];
  return [
    ...wrap(plain(rule.title ?? `(untitled ${rule.kind})`), width).map(paint.bold),
    ...(facts.length === 0 ? [] : [facts.join(' · ')]),
    paint.dim(plain(`${place.path}:${place.line}`)),
  ];
}

/** A word at the left, text beside it. */
export function entry(
  label: string,
  texts: readonly string[],
  { width, paint }: Page,
  tint: (text: string) => string = text => text,
): string[] {
  const lines = texts.flatMap(text =>
    wrap(text, Math.max(20, width - LABEL)).map((line, i) => (i === 0 ? line : `  ${line.trimStart()}`)),
  );
  return lines.map((line, i) => paint.dim((i === 0 ? label : '').padEnd(LABEL)) + tint(line));
}

export function eventLines(event: EventLabel, page: Page): string[] {
  const record = event.recordId < 0 ? 'a record without a number' : `record ${event.recordId}`;
  return [
    ...entry('Event', [`${record}, offset ${event.offset}`], page),
    // In one piece: it is there to be copied.
    ...entry('', [plain(event.path).replaceAll(' ', '\u00a0')], page),
    ...entry('', [plain(`${eventKind(event)}, on ${event.host || '(no host)'}`)], page),
    ...entry('', [`${second(event.micros)} UTC`], page),
  ];
}

export function eventKind({ channel, eventId }: EventLabel): string {
  const id = eventId < 0 ? 'without an event id' : `event id ${eventId}`;
  return channel === '' ? `an event without a channel, ${id}` : `${channel}, ${id}`;
}

/** The description and an empty line; nothing where there is none. */
export function descriptionLines({ description }: ExplainedDocument, { width }: Page): string[] {
  if (description === null) return [];
  return [...wrap(plain(description.trim()), width).map(line => line.trimStart()), ''];
}

/** `windows, process_creation`. */
export function sourceWords({ product, category, service }: LogSource): string {
  return plain([product, category, service].filter(part => part !== null).join(', '));
}

export function placeWords({ path, line }: Place): string {
  return plain(`${path}:${line}`);
}
