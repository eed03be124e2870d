/** Completion for fish 3: one `complete` for each word and flag, under the condition that its command stands there. */
import { type Filling, type Place, type PlaceFlag, placesOf } from './places.ts';
import type { ProgramTable } from './types.ts';

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** A word in a list that fish reads once more. */
const listed = (word: string): string => (/^[\w./:=@%+-]+$/.test(word) ? word : quote(word));

function values(filling: Filling): string {
  switch (filling.kind) {
    case 'files':
      return '-r -F';
    case 'folders':
      return "-x -a '(__fish_complete_directories)'";
    case 'unknown':
      return '-x';
    case 'words':
      return `-x -a ${quote(filling.words.map(({ word }) => listed(word)).join(' '))}`;
  }
}

export function fishCompletion(table: ProgramTable): string {
  const { name } = table;
  const places = placesOf(table);
  const nodes = places.filter(({ path }) => path !== '').map(({ path }) => quote(path));
  return `# Completion of ${name} for fish:
#   ${name} completions fish > ~/.config/fish/completions/${name}.fish

# True where the words before the cursor name the command given.
function __${name}_at
    set -l path
    for word in (commandline -opc)[2..]
        set -l next $path $word
        switch "$next"
            case ${nodes.join(' ')}
                set path $path $word
            case '*'
                break
        end
    end
    test "$path" = "$argv"
end

complete -c ${name} -f
${places.flatMap(place => placeLines(place, name)).join('\n')}
`;
}

function placeLines({ path, flags, words }: Place, name: string): string[] {
  const start = `complete -c ${name} -n ${quote(`__${name}_at ${path === '' ? "''" : path}`)}`;
  return [...flags.map(flag => `${start} ${flagWords(flag)}`), ...wordLines(words, start)];
}

function wordLines(words: Place['words'], start: string): string[] {
  if (words === null) return [];
  const { filling } = words;
  if (filling.kind === 'words') {
    return filling.words.map(({ word, help }) => {
      const description = help === '' ? '' : ` -d ${quote(help)}`;
      return `${start} -a ${quote(listed(word))}${description}`;
    });
  }
  if (filling.kind === 'files') return [`${start} -F`];
  return filling.kind === 'folders' ? [`${start} -a '(__fish_complete_directories)'`] : [];
}

function flagWords({ names, help, argument }: PlaceFlag): string {
  const own = names.map(name =>
    name.startsWith('--') ? `-l ${quote(name.slice(2))}` : `-s ${quote(name.slice(1))}`,
  );
  const value = argument === null ? '' : ` ${values(argument.filling)}`;
  return `${own.join(' ')}${value} -d ${quote(help)}`;
}
