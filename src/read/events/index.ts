/** Events: one shape of truth for every source. See `event.ts` for the idea, `shape.ts` for the gain. */
export { isPlainLine, MOST_GROWTH, normalCommandLine } from './command-line/index.ts';
export { LazyEvent } from './event.ts';
export { fieldText, fieldTexts, refTexts, soleSlot } from './field.ts';
export { fold } from './fold.ts';
export { countEvent, type EventKind, ReadContext } from './kind.ts';
export { DRILL_MARK, PROVIDER_FIELD, withoutMark } from './mark.ts';
export { Shape, type ShapeField, type ValueRef, type XmlElement } from './shape.ts';
export { fileTimeMicros, formatMicros, NO_TIME, parseTime, writeFileTime } from './time.ts';
export { fixedSizes, slotText, slotTexts, utf16Text, valueText } from './value.ts';
export { ValueType } from './value-type.ts';
export { parseTimeZone, type TimeZone, utc } from './zone.ts';
