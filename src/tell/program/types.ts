/**
 * The program's table of commands and flags, as those see it who describe it to shells and in the manual. The command
 * line owns the table; what is written here is as much of it as can be said to others.
 */

export type ProgramFlag = {
  /** Long name without dashes. */
  readonly name: string;
  readonly short?: string;
  /** What follows it; absent for a switch. */
  readonly argument?: string;
  readonly repeatable?: true;
  readonly choices?: readonly string[];
  /** One sentence without a full stop. */
  readonly help: string;
  readonly default?: string;
  readonly group: string;
};

export type ProgramCommand = {
  /** One word, or a group and a word: `hunt`, `rules check`. */
  readonly name: string;
  /** `<path...>`, `[shell]`, or nothing. */
  readonly arguments: string;
  /** Words that the argument takes, where it takes no others. */
  readonly choices?: readonly string[];
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
