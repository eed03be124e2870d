/** What a command of the program is: its words, its flags, and what it does. */

/** Flags by camel-cased name, as given; absent where not given. */
export type Given = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export type FlagGroup = 'Rules' | 'Selection' | 'Output' | 'Run';

export type Flag = {
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
  readonly group: FlagGroup;
};

export type Command = {
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
  readonly flags: readonly Flag[];
  /**
   * Runs it and gives the exit code. `words` are the arguments. What is heavy is imported here and not by the module,
   * because every start of the program reads all commands.
   */
  run(words: readonly string[], given: Given, version: string): Promise<number>;
};

/** `-q, --quiet` or `-o, --out <DIR>`: the form that commander and people read. */
export function flagSyntax(flag: Flag): string {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  const argument = flag.argument === undefined ? '' : ` <${flag.argument}>`;
  return `${short}--${flag.name}${argument}`;
}
