/**
 * The places of a command line where something can be filled in: at each command what may follow it, and after each
 * flag its values. Made once from the table; each shell's script only says it in its own language.
 */
import type { ProgramCommand, ProgramFlag, ProgramTable } from './types.ts';

/** What can stand in a place. */
export type Filling =
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  | { readonly kind: 'files' | 'folders' | 'unknown' };

export type Word = { readonly word: string; readonly help: string };

export type PlaceFlag = {
  /** With dashes: `--format`, `-f`. */
  readonly names: readonly string[];
  readonly help: string;
  readonly repeatable: boolean;
  /** What follows it; null for a switch. */
  readonly argument: { readonly name: string; readonly filling: Filling } | null;
};

/** The program (path empty), a group of commands, or a command. */
export type Place = {
  readonly path: string;
  readonly flags: readonly PlaceFlag[];
  /** What may follow besides flags, and whether more than one may. */
  readonly words: { readonly name: string; readonly filling: Filling; readonly several: boolean } | null;
  /** True where a command must follow. */
  readonly opens: boolean;
};

const helpFlag: PlaceFlag = {
  names: ['--help', '-h'],
  help: 'print this help',
  repeatable: false,
  argument: null,
};
const versionFlag: PlaceFlag = {
  names: ['--version', '-V'],
  help: 'print the version',
  repeatable: false,
  argument: null,
};

/** All places, the program itself first. */
export function placesOf(table: ProgramTable): Place[] {
  const { commands, groups } = table;
  const top: Word[] = [];
  for (const { name, summary } of commands) {
    const word = name.split(' ')[0]!;
    if (top.some(known => known.word === word)) continue;
    top.push({ word, help: word === name ? summary : (groups.get(word) ?? '') });
  }
  const help: Word = { word: 'help', help: 'print the help of a command' };
  const followedBy = (words: readonly Word[]): Place['words'] => ({
    name: 'command',
    filling: { kind: 'words', words },
    several: false,
  });
  const opening = top
    .filter(({ word }) => commands.some(({ name }) => name.startsWith(`${word} `)))
    .map(({ word }): Place => {
      const inside = commands.filter(({ name }) => name.startsWith(`${word} `));
      const words = inside.map(({ name, summary }) => ({ word: name.slice(word.length + 1), help: summary }));
      return { path: word, flags: [helpFlag], words: followedBy(words), opens: true };
    });
  return [
    { path: '', flags: [helpFlag, versionFlag], words: followedBy([...top, help]), opens: true },
    ...opening,
    ...commands.map(placeOf),
    { path: 'help', flags: [helpFlag], words: followedBy(top), opens: false },
  ];
}

function placeOf(command: ProgramCommand): Place {
  return {
    path: command.name,
    flags: [...command.flags.map(flagOf), helpFlag],
    words: wordsOf(command),
    opens: false,
  };
}

function flagOf({ name, short, argument, repeatable, choices, help }: ProgramFlag): PlaceFlag {
  return {
    names: [`--${name}`, ...(short === undefined ? [] : [`-${short}`])],
    help,
    repeatable: repeatable === true,
    argument: argument === undefined ? null : { name: argument, filling: fillingOf(argument, choices) },
  };
}

function wordsOf({ arguments: syntax, choices }: ProgramCommand): Place['words'] {
  const name = /[<[]([^\]>.]+)/.exec(syntax)?.[1];
  if (name === undefined) return null;
  return { name, filling: fillingOf(name, choices), several: syntax.includes('...') };
}

/** Arguments are named by what they are: what has PATH, FILE or LOG in its name is a file, DIR, FOLDER or OUT a folder. */
function fillingOf(argument: string, choices: readonly string[] | undefined): Filling {
  if (choices !== undefined) return { kind: 'words', words: choices.map(word => ({ word, help: '' })) };
  const parts = argument.toLowerCase().split(/[^a-z]+/);
  if (parts.some(part => /^(?:dir|directory|folder|out)s?$/.test(part))) return { kind: 'folders' };
  if (parts.some(part => /^(?:path|file|log|archive|rule|input)s?$/.test(part))) return { kind: 'files' };
  return { kind: 'unknown' };
}
