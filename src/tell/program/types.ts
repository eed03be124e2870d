/**
 * The program's table of commands and flags, as those see it who describe it to shells and in the manual. The command
 * line owns the table and adds what a command does.
 */

export type ProgramFlag = {
  /** Long name without dashes: `cache-dir`. */
  readonly name: string;
  readonly short?: string;
  /** What follows it, in help; absent for a switch. */
  readonly argument?: string;
  /** May be given several times. */
  readonly repeatable?: true;
  /** Words it takes; others are refused. */
  readonly choices?: readonly string[];
  /** One sentence without a full stop. */
  readonly help: string;
  /** What holds where it is not given, in words, for help. */
  readonly default?: string;
  readonly group: string;
};

export type ProgramCommand = {
  /** One word, or a group and a word: `hunt`, `rules check`. */
  readonly name: string;
  /** What comes behind it, as commander and people read it: `<path...>`, `[shell]`; empty for nothing. */
  readonly arguments: string;
  /** Words that the argument takes; others are refused. */
  readonly choices?: readonly string[];
  /** One sentence for the list of commands. */
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly (readonly [command: string, explanation: string])[];
  readonly flags: readonly ProgramFlag[];
};

/** A term and what it means, in a sentence. */
export type Entry = readonly [term: string, meaning: string];

export type ProgramTable = {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly commands: readonly ProgramCommand[];
  /** Groups of commands by their first word, with what they are about. */
  readonly groups: ReadonlyMap<string, string>;
  readonly exitCodes: readonly Entry[];
  readonly environment: readonly Entry[];
  readonly files: readonly Entry[];
};
