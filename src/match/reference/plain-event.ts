/**
 * An event with everything decoded: what the reference evaluator works on. Nothing of the shape or the bytes
 * is left, so a mistake of the fast path cannot hide in both.
 */
import type { View } from '../../know/logsources/index.ts';
import { fieldTexts, type LazyEvent, PROVIDER_FIELD, withoutMark } from '../../read/events/index.ts';

export type PlainEvent = {
  readonly channel: string;
  readonly eventId: number;
  readonly provider: string;
  /** Sigma field name → its values; a field without any value is not here. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** Every decoded value of the event, for keywords; a view does not change them. */
  readonly values: readonly string[];
};

export function plainEvent(event: LazyEvent): PlainEvent {
  const { shape } = event;
  const fields = new Map<string, readonly string[]>();
  const values: string[] = [];
  for (const field of shape.fields) {
    const texts = fieldTexts(event, field);
    values.push(...texts);
    // Of two fields of one name in different sections the shape says which answers to it.
    if (texts.length > 0 && shape.byName.get(field.name) === field) {
      // Rules see a drill's provider without its mark.
      fields.set(field.name, field.name === PROVIDER_FIELD ? texts.map(withoutMark) : texts);
    }
  }
  const { channel, eventId, provider } = event.kind;
  return { channel, eventId, provider, fields, values };
}

/** The event under a view's names; names the view does not speak of stay the event's own. */
export function applyView(event: PlainEvent, view: View): PlainEvent {
  const fields = new Map(event.fields);
  for (const name of view.absent) fields.delete(name);
  for (const [name, field] of view.fields) {
    const values =
      field.kind === 'rename'
        ? event.fields.get(field.from)
        : field.derive(field.from.map(from => event.fields.get(from)?.[0]));
    if (values === undefined || values.length === 0) fields.delete(name);
    else fields.set(name, values);
  }
  return { ...event, fields };
}
