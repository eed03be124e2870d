/**
 * A question for the owner of an account, to be asked by phone. It is neutral: it says what was seen and asks whether it was
 * them, accuses nobody, tells nothing of what else is known, and never goes through mail or chat that an intruder may read.
 */
import { formatMicros, NO_TIME } from '../../read/events/index.ts';

/** What is asked about: the evidence of one account in an intrusion. */
export type Asked = {
  readonly account: string;
  /** In order of time; microseconds. */
  readonly uses: readonly { readonly micros: number; readonly host: string }[];
  readonly sources: readonly string[];
};

/** Hosts and addresses that are named. */
const MOST = 4;

export function questionFor({ account, uses, sources }: Asked): { whom: string; text: string } {
  const timed = uses.filter(({ micros }) => micros !== NO_TIME);
  const hosts = named([...new Set(uses.map(({ host }) => host))]);
  const sentences = [
    `We are going through our logs and would like to know what belongs to normal work.`,
    `The account ${account} was used ${whenOf(timed)}${hosts === '' ? '' : ` on ${hosts}`}.`,
    `Was that you, or somebody who works for you? If so: what was the work, and from where did you connect?`,
    ...(sources.length === 0 ? [] : [`Do you know ${named(sources)}?`]),
    `Does anybody else know the password, and do you use it anywhere else?`,
  ];
  return { whom: `the owner of ${account}`, text: sentences.join(' ') };
}

function whenOf(uses: readonly { readonly micros: number }[]): string {
  if (uses.length === 0) return 'at a time that the logs do not say';
  const first = minute(uses[0]!.micros);
  const last = minute(uses.at(-1)!.micros);
  return first === last ? `at ${first} UTC` : `between ${first} and ${last} UTC`;
}

/** `2026-10-08 01:52`. */
function minute(micros: number): string {
  return formatMicros(micros).slice(0, 16).replace('T', ' ');
}

function named(words: readonly string[]): string {
  const shown = words.slice(0, MOST);
  const more = words.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
