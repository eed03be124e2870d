/**
 * Completion for bash 3.2 and newer, without the bash-completion package. Names of files are left to readline, which
 * knows blanks, quotes and `~`; `compopt` (bash 4) keeps it from offering them where they make no sense.
 */
import { type Filling, type Place, placesOf } from './places.ts';
import type { ProgramTable } from './types.ts';

/** A word for bash, in single quotes where it needs them. */
function quote(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

const pattern = (words: readonly string[]): string =>
  words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join('|');

function fill(filling: Filling): string {
  switch (filling.kind) {
    case 'files':
      return '_NAME_files';
    case 'folders':
      return '_NAME_folders';
    case 'unknown':
      return '_NAME_nothing';
    case 'words':
      return `_NAME_words ${filling.words.map(({ word }) => quote(word)).join(' ')}`;
  }
}

export function bashCompletion(table: ProgramTable): string {
  const places = placesOf(table);
  const nodes = places.filter(({ path }) => path !== '').map(({ path }) => path);
  const values = places.flatMap(valueCases);
  const flags = places.map(
    ({ path, flags: own }) =>
      `      ${pattern([path])}) _NAME_words ${own.flatMap(({ names }) => names.map(quote)).join(' ')} ;;`,
  );
  const words = places.map(
    ({ path, words: own }) =>
      `      ${pattern([path])}) ${own === null ? '_NAME_nothing' : fill(own.filling)} ;;`,
  );
  return `# Completion of ${table.name} for bash. Load it in ~/.bashrc:
#   source <(${table.name} completions bash)

_NAME_words() {
  local word quoted
  _NAME_nothing
  for word; do
    [[ $word == "$cur"* ]] || continue
    printf -v quoted %q "$word"
    COMPREPLY+=("$prefix$quoted")
  done
}
_NAME_files() { :; }
_NAME_folders() { compopt +o default -o dirnames 2>/dev/null; }
_NAME_nothing() { compopt +o default 2>/dev/null; }

_NAME() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} path='' prefix='' i
  COMPREPLY=()
  # Which command this is.
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${path:+$path }\${COMP_WORDS[i]}" in
      ${pattern(nodes)}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
      *) break ;;
    esac
  done
  # --flag=value is three words, or one where = is taken from COMP_WORDBREAKS.
  if [[ $cur == '=' ]]; then
    cur=''
  elif [[ $prev == '=' ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ $cur == --*=* ]]; then
    prefix=\${cur%%=*}= prev=\${cur%%=*} cur=\${cur#*=}
  fi
  case "$path $prev" in
${values.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $path in
${flags.join('\n')}
    esac
  else
    case $path in
${words.join('\n')}
    esac
  fi
}

complete -o default -F _NAME ${table.name}
`.replaceAll('_NAME', `_${table.name}`);
}

function valueCases({ path, flags }: Place): string[] {
  return flags.flatMap(({ names, argument }) =>
    argument === null
      ? []
      : [`    ${pattern(names.map(name => `${path} ${name}`))}) ${fill(argument.filling)}; return ;;`],
  );
}
