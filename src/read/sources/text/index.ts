/**
 * What all sources share whose inputs are text: an input of any encoding becomes a window of UTF-16LE, which a parser
 * reads records from. A text source is a `TextParser` given to a `TextReader`.
 */
export type { Beginning, RecordOutput, TextParser } from './parser.ts';
export { MAX_RECORD, type TextLimits, TextReader, WINDOW } from './reader.ts';
export { linePoints, openingOf } from './source.ts';
export { TextWindow } from './window.ts';
