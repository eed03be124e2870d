/** What a command of the program is: its words, its flags, and what it does. */

import type { ProgramCommand, ProgramFlag } from '../../tell/index.ts';

/** Flags by camel-cased name, as given; absent where not given. */
export type Given = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export type FlagGroup = 'Rules' | 'Selection' | 'Site' | 'Output' | 'Run';

export type Flag = ProgramFlag & { readonly group: FlagGroup };

export type Command = ProgramCommand & {
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
