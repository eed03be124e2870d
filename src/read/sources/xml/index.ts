/**
 * Event XML: Windows events as `wevtutil qe /f:xml`, `Get-WinEvent` and Event Viewer write them. Sources whose records
 * hold such an element as text give it to `EventTexts`; `EventElementReader` does it and also says why it could not.
 */
export { EventElementReader } from './element-reader.ts';
export { EventTexts } from './event-texts.ts';
export { xml } from './source.ts';
