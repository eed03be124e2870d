/** Completion for zsh: one function for each place, in the words of `_arguments`. */
import { type Filling, type Place, type PlaceFlag, placesOf, type Word } from './places.ts';
import type { ProgramTable } from './types.ts';

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Characters that end the parts of an `_arguments` word. */
const escapeSpec = (text: string): string => text.replace(/[\\:[\]]/g, '\\$&');

/** A word in a list in parentheses, which the shell reads once more. */
const listed = (word: string): string => escapeSpec(word.replace(/[^\w./=@%+-]/g, '\\$&'));

function action(filling: Filling): string {
  switch (filling.kind) {
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'unknown':
      return ' ';
    case 'words':
      return `(${filling.words.map(({ word }) => listed(word)).join(' ')})`;
  }
}

function flagWords({ names, help, repeatable, argument }: PlaceFlag): string[] {
  const exclusive = repeatable ? '*' : `(${names.join(' ')})`;
  const value = argument === null ? '' : `:${escapeSpec(argument.name)}:${action(argument.filling)}`;
  return names.map(name => {
    const equals = argument !== null && name.startsWith('--') ? '=' : '';
    return quote(`${exclusive}${name}${equals}[${escapeSpec(help)}]${value}`);
  });
}

function described({ word, help }: Word): string {
  return quote(`${word.replace(/[\\:]/g, '\\$&')}:${help}`);
}

const functionName = (name: string, path: string): string =>
  `_${name}${path === '' ? '' : `_${path.replace(/\W/g, '_')}`}`;

export function zshCompletion(table: ProgramTable): string {
  const { name } = table;
  const places = placesOf(table);
  const functions = places.map(place => (place.opens ? opening(place, places, name) : leaf(place, name)));
  return `#compdef ${name}
# Completion of ${name} for zsh. Put it into a folder of $fpath:
#   ${name} completions zsh > "$fpath[1]/_${name}"

${functions.join('\n')}
if [[ $funcstack[1] == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi
`;
}

function specs(lines: readonly string[]): string {
  return lines.map(line => ` \\\n    ${line}`).join('');
}

function leaf({ path, flags, words }: Place, name: string): string {
  const rest =
    words === null
      ? []
      : [quote(`${words.several ? '*' : '1'}:${escapeSpec(words.name)}:${action(words.filling)}`)];
  return `${functionName(name, path)}() {
  _arguments -s -S${specs([...flags.flatMap(flagWords), ...rest])}
}
`;
}

/** What a command must follow: offers the commands, and hands the rest of the line to the one that stands there. */
function opening({ path, flags, words }: Place, places: readonly Place[], name: string): string {
  const inside = words?.filling.kind === 'words' ? words.filling.words : [];
  const known = inside.filter(({ word }) => places.some(place => place.path === `${path} ${word}`.trim()));
  const branches = known.map(
    ({ word }) => `      ${quote(word)}) ${functionName(name, `${path} ${word}`.trim())} ;;`,
  );
  return `${functionName(name, path)}() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C${specs([...flags.flatMap(flagWords), "'1: :->command'", "'*:: :->rest'"])}
  case $state in
  command)
    local -a offered=(
${inside.map(word => `      ${described(word)}`).join('\n')}
    )
    _describe -t commands command offered
    ;;
  rest)
    case $words[1] in
${branches.join('\n')}
    esac
    ;;
  esac
}
`;
}
