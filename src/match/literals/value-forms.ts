/** In what form values lie in an event, as far as a search for literals cares. */
import { ValueType } from '../../read/events/index.ts';

/** True if a value of the type is UTF-16LE text, or a list of such texts with NULs between. */
export function isWide(type: number): boolean {
  return (type & ~ValueType.Array) === ValueType.String;
}

/** True if a value of the type is text in the log itself, not only in print. */
export function isText(type: number): boolean {
  const one = type & ~ValueType.Array;
  return one === ValueType.String || one === ValueType.AnsiString || one === ValueType.Utf8;
}

/** What the folded text of numbers in any base, times, GUIDs, SIDs and plain bytes is made of. */
const writtenNumber = /^[0-9a-fx{}:.tzs+-]*$/;
const writtenWords = ['true', 'false', 'nan', 'infinity'];

/** True if a value that is neither text nor a list of texts may hold `text`, which is folded. */
export function fitsNumber(text: string): boolean {
  return writtenNumber.test(text) || writtenWords.some(word => word.includes(text));
}
