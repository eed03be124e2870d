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

const BLANK = /[\s\0]/;
const OPERATORS = '<>|&;,()';

/** Words without quotes and carets; operators of the shell are words of their own. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let open = false;
  const end = (): void => {
    if (word !== '') words.push(word);
    word = '';
  };
  for (let i = 0; i < text.length && words.length <= MOST_WORDS; i++) {
    const char = text[i]!;
    if (char === '"') open = !open;
    else if (BLANK.test(char)) {
      // A path in quotes may hold blanks; other quoted text is words.
      if (!open || !looksLikePath(word)) end();
      else word += char;
    } else if (!open && OPERATORS.includes(char)) {
      end();
      if (char !== ',') words.push(char);
    } else if (char !== '^' && word.length <= LONGEST) word += char;
  }
  end();
  return words;
}

function looksLikePath(word: string): boolean {
  return /^(?:[/-][a-z]{1,20}[:=])?(?:[a-z]:\\|\\\\|%[a-z])/.test(word);
}
