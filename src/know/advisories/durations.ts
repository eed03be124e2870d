/** Spans of time as people write them: `7d`, `12h`, `90s`, `ever`. */

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
/** A century: more is `ever`. */
const MOST = 100 * 366 * 86_400;

/** Seconds; null = for ever; undefined where `text` is no span. */
export function parseSpan(text: string): number | null | undefined {
  const written = text.trim().toLowerCase();
  if (written === 'ever') return null;
  const parts = /^(\d{1,9})([smhdw])$/.exec(written);
  if (parts === null) return undefined;
  const span = Number(parts[1]) * seconds[parts[2]!]!;
  return span > 0 && span <= MOST ? span : undefined;
}
