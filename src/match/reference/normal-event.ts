/** The normal form of an event with everything decoded: the same for explanations as `NormalFormMatcher` asks of bytes. */
import { normalCommandLine } from '../../read/events/index.ts';
import { commandLineFields } from '../command-lines.ts';
import type { PlainEvent } from './plain-event.ts';

/** The event with its command lines in their normal form, and those that changed; null where none does. */
export function normalEvent(
  event: PlainEvent,
): { readonly event: PlainEvent; readonly lines: readonly string[] } | null {
  const changed = new Map<string, string>();
  const fields = new Map(event.fields);
  for (const name of commandLineFields) {
    const written = event.fields.get(name);
    if (written === undefined) continue;
    const normal = written.map(normalCommandLine);
    for (const [i, line] of normal.entries()) if (line !== written[i]) changed.set(written[i]!, line);
    fields.set(name, normal);
  }
  if (changed.size === 0) return null;
  const values = event.values.map(value => changed.get(value) ?? value);
  return { event: { ...event, fields, values }, lines: [...new Set(changed.values())] };
}
