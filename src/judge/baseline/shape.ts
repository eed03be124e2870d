/**
 * The shape of a command line: what is done, without what differs each time it is done. The nightly backup has a new
 * date in its file's name every night and is still the same command; a new verb is not. Only shapes are counted, so that a
 * baseline holds no names of people, hosts or files.
 *
 * Quoted text is folded by what is in it, because verbs stand in quotes (`ntdsutil "ac i ntds"`, `cmd /c "…"`).
 * Costs one walk over at most `MOST_TEXT` characters; no pattern in it can backtrack.
 */
import { foldProgram, foldWord, LONGEST, namesUser } from './words.ts';

/** What stands behind is data, or is meant not to be read. */
const MOST_TEXT = 4_096;
const MOST_WORDS = 48;

const archivers: ReadonlySet<string> = new Set(['7z', '7za', '7zr', '7zz', 'rar', 'winrar']);

/** Shape of a command line; `image` is the path of the program where known. `isHost` knows names of the site's hosts. */
export function commandShape(
  commandLine: string,
  image: string | undefined,
  isHost: (word: string) => boolean = () => false,
): string {
  const words = wordsOf(commandLine.slice(0, MOST_TEXT).toLowerCase());
  const first = words[0] ?? '';
  const program = foldProgram(image ?? first);
  const name = program.slice(program.lastIndexOf('/') + 1);
  const folded: string[] = [program];
  let before = '';
  for (const word of words.slice(1, MOST_WORDS)) {
    const next = foldArgument(word, name, before, isHost);
    // A list of hosts or files is one thing to do, however long it is.
    if (next !== '' && next !== folded.at(-1)) folded.push(next);
    before = word;
  }
  if (words.length > MOST_WORDS || commandLine.length > MOST_TEXT) folded.push('…');
  return folded.join(' ');
}

function foldArgument(
  word: string,
  program: string,
  before: string,
  isHost: (word: string) => boolean,
): string {
  if (namesUser(before)) return '<user>';
  if (program === 'net' || program === 'net1') {
    if (before === 'user' && !word.startsWith('/')) return '<user>';
  }
  // Their passwords and volumes stand right behind the letter.
  if (archivers.has(program) && /^-(?:p|hp|v)./.test(word))
    return word.startsWith('-hp') ? '-hp#' : `-${word[1]}#`;
  return foldWord(word, isHost);
}

const QUOTE = 34;
const CARET = 94;

/** What a character does outside quotes: 1 parts words, 2 is a word of its own, 3 parts a list. */
const kinds: Uint8Array = (() => {
  const table = new Uint8Array(128);
  for (const char of '\0\t\n\v\f\r ') table[char.charCodeAt(0)] = 1;
  for (const char of '<>|&;()') table[char.charCodeAt(0)] = 2;
  table[','.charCodeAt(0)] = 3;
  return table;
})();

/** Words without quotes and carets; operators of the shell are words of their own. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  // The word so far: what stood before a quote or caret, and where the rest began.
  let word = '';
  let from = 0;
  let open = false;
  const take = (to: number): void => {
    if (to > from && word.length <= LONGEST) word += text.slice(from, to);
    from = to + 1;
  };
  const end = (to: number): void => {
    take(to);
    if (word !== '') words.push(word);
    word = '';
  };
  for (let i = 0; i < text.length && words.length <= MOST_WORDS; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE || unit === CARET) {
      take(i);
      if (unit === QUOTE) open = !open;
      continue;
    }
    const kind = unit < 128 ? kinds[unit]! : 0;
    if (kind === 0 || (open && kind !== 1)) continue;
    // A path in quotes may hold blanks; other quoted text is words.
    if (open && looksLikePath(word + text.slice(from, from + 32))) continue;
    end(i);
    if (kind === 2) words.push(text[i]!);
  }
  end(text.length);
  return words;
}

function looksLikePath(word: string): boolean {
  return /^(?:[/-][a-z]{1,20}[:=])?(?:[a-z]:\\|\\\\|%[a-z])/.test(word);
}
