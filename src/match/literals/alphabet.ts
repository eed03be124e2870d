/**
 * The characters of a text as the literal index sees them: folded code units for comparing, and 64 classes for
 * the three-character keys of its filter. Units that fold to the same are of the same class, so a key can be
 * missed never; units of one class that differ (all that is not ASCII, a few rare signs) only cost a comparison.
 */
import { fold } from '../../read/events/index.ts';

/** Signs with a class of their own, or shared where written together. Class 0 is no character at all. */
const signs = [
  ' ',
  '\\',
  '/',
  '.',
  '-',
  '_',
  ':',
  ';',
  '"',
  "'",
  '=',
  '(',
  ')',
  ',',
  '@',
  '$',
  '%',
  '&',
  '+',
  '*',
];
const sharedSigns = ['<>', '[]', '{}', '^`~', '!?', '#|'];
const OTHER = 1;
const LETTERS = 2;
const DIGITS = 28;
const SIGNS = 38;
export const CLASS_BITS = 6;
export const CLASSES: number = 1 << CLASS_BITS;

function classOfFolded(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return LETTERS + unit - 0x61;
  if (unit >= 0x30 && unit <= 0x39) return DIGITS + unit - 0x30;
  const sign = String.fromCharCode(unit);
  const alone = signs.indexOf(sign);
  if (alone >= 0) return SIGNS + alone;
  const shared = sharedSigns.findIndex(each => each.includes(sign));
  return shared >= 0 ? SIGNS + signs.length + shared : OTHER;
}

/** Folded form of each unit below 256, where most of a log is. */
export const foldedLow: Uint16Array = new Uint16Array(256);
/** Class of each unit below 256. */
export const classLow: Uint8Array = new Uint8Array(256);
for (let unit = 0; unit < 256; unit++) {
  foldedLow[unit] = fold(String.fromCharCode(unit)).charCodeAt(0);
  classLow[unit] = classOfFolded(foldedLow[unit]!);
}

/** Folded form of the units from 256, each found when first met; 0 = not yet. */
let foldedHigh: Uint16Array | null = null;

/** Folded form of any unit: `fold`, unit by unit. */
export function foldUnit(unit: number): number {
  if (unit < 256) return foldedLow[unit]!;
  foldedHigh ??= new Uint16Array(65536);
  let folded = foldedHigh[unit]!;
  if (folded === 0) {
    folded = fold(String.fromCharCode(unit)).charCodeAt(0);
    foldedHigh[unit] = folded;
  }
  return folded;
}

/** Class of any unit. */
export function classOf(unit: number): number {
  if (unit < 256) return classLow[unit]!;
  // A few letters outside Latin-1 fold into it: the Kelvin sign is a k.
  const folded = foldUnit(unit);
  return folded < 256 ? classLow[folded]! : OTHER;
}
