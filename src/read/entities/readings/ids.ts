/** Ids as text: whole numbers in hexadecimal or decimal, and GUIDs. What is neither is no id. */

/** The number that `0x1A4` or `420` says; undefined where it says none, or one that a number does not hold exactly. */
export function parseId(text: string): number | undefined {
  if (!/^(?:0x[0-9a-f]{1,16}|\d{1,20})$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

const guidPattern = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
const ZEROS = '00000000-0000-0000-0000-000000000000';

/** A GUID in lower case without braces; undefined for what is none, and for the one of zeros, which stands for none. */
export function plainGuid(text: string): string | undefined {
  const found = guidPattern.exec(text)?.[1]?.toLowerCase();
  return found === ZEROS ? undefined : found;
}
