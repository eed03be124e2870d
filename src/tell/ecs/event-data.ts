/** `winlog.event_data`: the fields of an event by the names that rules use, as text. */
import type { Shape, ShapeField, ValueRef } from '../../read/events/index.ts';
import { object, type Write } from '../parts/part.ts';
import { isMasked, type Reveal, textMember } from '../parts/values.ts';

/**
 * Writes the object. Values of one name are put together, wherever they stand, because a JSON object can hold a
 * name only once. What stands neither in EventData nor in UserData (an error of the event's provider, the text
 * a collector rendered) is written only where an event has nothing else to say.
 */
export function eventData(shape: Shape, options: Reveal): Write {
  const own = shape.fields.filter(
    ({ section, name }) => (section === 'EventData' || section === 'UserData') && !isNamespace(name),
  );
  const fields = own.length > 0 ? own : shape.fields.filter(field => field.section === 'Other');
  const byName = new Map<string, ValueRef[]>();
  for (const { name, values } of fields as readonly ShapeField[]) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [...values]);
    else known.push(...values);
  }
  return object([...byName].map(([name, refs]) => textMember(name, refs, isMasked(name, options))));
}

/** Declarations of XML that some readers list among the attributes. */
function isNamespace(name: string): boolean {
  return name === 'xmlns' || name.endsWith('_xmlns');
}
