/** Colour, only where it was asked for; the text says the same without it. */
import type { Level } from '../../know/sigma/index.ts';

/** Paints `text` (which must be plain) if colours are on. */
export type Style = {
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly good: (text: string) => string;
  readonly level: (level: Level, text: string) => string;
};

/** Bold white on red, red, yellow, cyan, dim. */
const levelCodes: Readonly<Record<Level, string>> = {
  critical: '1;97;41',
  high: '31',
  medium: '33',
  low: '36',
  informational: '2',
};

export function style(color: boolean): Style {
  const paint = (codes: string, text: string): string =>
    color && text !== '' ? `\x1b[${codes}m${text}\x1b[0m` : text;
  return {
    dim: text => paint('2', text),
    bold: text => paint('1', text),
    good: text => paint('32', text),
    level: (level, text) => paint(levelCodes[level], text),
  };
}

/** `critical` … `info`: as levels are called where columns are few. */
export function shortLevel(level: Level): string {
  return level === 'informational' ? 'info' : level;
}

/** `34,998`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 file`, `2 files`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`;
}
