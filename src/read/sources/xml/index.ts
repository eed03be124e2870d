/**
 * Event XML: Windows events as `wevtutil qe /f:xml`, `Get-WinEvent` and Event Viewer write them. `EventElementReader` is
 * for other sources whose records hold such an element (an `Event` in the units of a `TextWindow`): give it where the
 * element begins and ends, and it fills its `LazyEvent`; what it has to decode goes to the window's scratch, from
 * `scratchAt` on, which it moves.
 */
export { EventElementReader } from './element-reader.ts';
export { xml } from './source.ts';
