/** Events: one shape of truth for every source. See `event.ts` for the idea, `shape.ts` for the gain. */
export { LazyEvent } from './event.ts';
export { fold } from './fold.ts';
export { type EventKind, ReadContext } from './kind.ts';
export { Shape, type ShapeField, type ValueRef, type XmlElement } from './shape.ts';
export { ValueType } from './value-type.ts';
