/**
 * netsh and ntdsutil take any beginning of a word for the word: `netsh i p a v` adds a port proxy and never says so.
 * Each tool is a set of menus, each menu a list of phrases and the menu that a phrase leads to; so a line is followed as the
 * tool follows it. A phrase is written with a bar behind the least that stands for each word: `li|st i|nstances`. Where
 * several words begin alike the tools take the first of their tables, and so does the bar: `i` is `interface`, not
 * `ipsec`. Menus hold what matters to a hunt and what stands beside it; other words stay as they are.
 *
 * Words are put for words, so nothing else of the line changes. Cost: one search, and a few look-ups for each word behind
 * the name of a tool.
 */

/** `*` = whatever stands there. */
type Phrase = { readonly words: readonly Word[]; readonly menu: string | null };
type Word = { readonly whole: string; readonly least: number };
type Menus = ReadonlyMap<string, readonly Phrase[]>;

/** By menu: its phrases, and the menu behind each; null = the same. `main` comes first. */
type MenuTable = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

const netsh = menus({
  main: {
    'i|nterface': 'interface',
    'adv|firewall': 'advfirewall',
    'f|irewall': 'firewall',
    'h|ttp': 'entries',
    't|race': 'trace',
    'winh|ttp': 'entries',
    'wl|an': 'entries',
  },
  interface: {
    'p|ortproxy': 'portproxy',
    'f|irewall': 'firewall',
    'ipv4|': 'entries',
    'ipv6|': 'entries',
    'sh|ow': null,
    'se|t': null,
  },
  portproxy: { 'a|dd': 'proxy', 'd|elete': 'proxy', 'r|eset': null, 'sh|ow': 'proxy', 'se|t': 'proxy' },
  proxy: {
    'v|4tov4': null,
    'v4tov6|': null,
    'v6|tov4': null,
    'v6tov6|': null,
    'a|ll': null,
    'l|istenport=': null,
    'c|onnectaddress=': null,
    'connectp|ort=': null,
    'listena|ddress=': null,
    'p|rotocol=': null,
  },
  advfirewall: {
    'f|irewall': 'entries',
    'sh|ow': 'profiles',
    'se|t': 'profiles',
    'r|eset': null,
    'e|xport': null,
    'i|mport': null,
  },
  profiles: {
    'al|lprofiles': null,
    'c|urrentprofile': null,
    'd|omainprofile': null,
    'pr|ivateprofile': null,
    'pu|blicprofile': null,
    'st|ate': null,
  },
  firewall: {
    'a|dd': null,
    'd|elete': null,
    'se|t': null,
    'sh|ow': null,
    'al|lowedprogram': null,
    'op|mode': null,
    'po|rtopening': null,
    'st|ate': null,
    'con|fig': null,
  },
  trace: { 'sta|rt': null, 'sto|p': null, 'sh|ow': null, 'cap|ture=': null, 'tr|acefile=': null },
  entries: { 'a|dd': null, 'd|elete': null, 'se|t': null, 'sh|ow': null },
});

const ntdsutil = menus({
  main: {
    'a|ctivate i|nstance *': null,
    'i|fm': 'ifm',
    'sn|apshot': 'snapshot',
    'f|iles': 'files',
    'li|st i|nstances': null,
    'po|pups *': null,
    'q|uit': null,
  },
  ifm: {
    'c|reate f|ull *': null,
    'c|reate r|odc *': null,
    'c|reate s|ysvol f|ull *': null,
    'c|reate s|ysvol r|odc *': null,
    'q|uit': 'main',
  },
  snapshot: {
    'a|ctivate i|nstance *': null,
    'c|reate': null,
    'de|lete *': null,
    'li|st a|ll': null,
    'li|st m|ounted': null,
    'm|ount *': null,
    'u|nmount *': null,
    'q|uit': 'main',
  },
  files: { 'com|pact t|o *': null, 'h|eader': null, 'in|fo': null, 'q|uit': 'main' },
});

const tools: ReadonlyMap<string, Menus> = new Map([
  ['netsh', netsh],
  ['ntdsutil', ntdsutil],
]);

const mention = /netsh|ntdsutil/i;
/** The name of a tool at the end of a word: `C:\Windows\System32\netsh.exe`, `&netsh`. */
const call = /(?:^|[\\/&|(=,;'@])(netsh|ntdsutil)(?:\.exe)?$/i;
const endsCommand = /[&|)]/;

/** `line`, whose words single blanks separate, with the words of netsh and ntdsutil written out. */
export function expandAbbreviations(line: string): string {
  if (!mention.test(line)) return line;
  const words = line.split(' ');
  let at = 0;
  while (at < words.length) {
    const tool = toolOf(words[at++]!);
    if (tool !== undefined) at = follow(words, at, tools.get(tool)!);
  }
  return words.join(' ');
}

function toolOf(word: string): string | undefined {
  return call.exec(word)?.[1]?.toLowerCase();
}

/** Follows the words from `from` on through the menus; where the command ends or another call begins. */
function follow(words: string[], from: number, menus: Menus): number {
  let menu = 'main';
  let at = from;
  while (at < words.length && !endsCommand.test(words[at]!) && toolOf(words[at]!) === undefined) {
    const phrase = menus.get(menu)!.find(each => fits(each, words, at));
    if (phrase === undefined) {
      at++;
      continue;
    }
    for (const [i, word] of phrase.words.entries()) words[at + i] = written(word, words[at + i]!);
    at += phrase.words.length;
    menu = phrase.menu ?? menu;
  }
  return at;
}

function fits({ words }: Phrase, line: readonly string[], at: number): boolean {
  return words.every((word, i) => {
    const written = line[at + i];
    if (written === undefined) return false;
    if (word.whole === '*') return !endsCommand.test(written);
    const name = nameOf(word, written);
    return name.length >= word.least && word.whole.startsWith(name);
  });
}

/** What of a word is compared: of an option only its name and the sign behind it. */
function nameOf({ whole }: Word, written: string): string {
  const sign = whole.endsWith('=') ? written.indexOf('=') : -1;
  return (sign < 0 ? written : written.slice(0, sign)).toLowerCase();
}

/** A word that is complete already keeps its case. */
function written(word: Word, as: string): string {
  if (word.whole === '*') return as;
  const sign = word.whole.endsWith('=') ? as.indexOf('=') + 1 : 0;
  const rest = sign > 0 ? as.slice(sign) : '';
  const name = sign > 0 ? as.slice(0, sign) : as;
  return name.toLowerCase() === word.whole ? as : word.whole + rest;
}

function menus(table: MenuTable): Menus {
  return new Map(
    Object.entries(table).map(([menu, phrases]) => [
      menu,
      Object.entries(phrases).map(([phrase, next]) => ({ words: phrase.split(' ').map(word), menu: next })),
    ]),
  );
}

function word(written: string): Word {
  const bar = written.indexOf('|');
  return bar < 0 ? { whole: written, least: 0 } : { whole: written.replace('|', ''), least: bar };
}
