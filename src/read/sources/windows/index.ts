/**
 * What all sources of Windows events share, whatever their bytes look like: which fields an `Event` element has, how
 * its kind, time and number are found in its header, and interned UTF-16 text to compare them with.
 */
export { fieldsOf } from './fields.ts';
export { KindFinder } from './kinds.ts';
export { TextTimes } from './text-times.ts';
export { Texts } from './texts.ts';
