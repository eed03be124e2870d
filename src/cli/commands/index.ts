/** The commands there are, in the order of help. A new one is a file and one line here. */
import type { Command } from './command.ts';
import { completions } from './completions.ts';
import { doctor } from './doctor.ts';
import { dump } from './dump.ts';
import { hunt } from './hunt.ts';
import { man } from './man.ts';
import { verify } from './verify.ts';

export { type Command, type Flag, flagSyntax, type Given } from './command.ts';

/** The last ones describe the whole table. */
const all = (): { commands: typeof commands; groups: typeof groups } => ({ commands, groups });

export const commands: readonly Command[] = [hunt, dump, verify, doctor, completions(all), man(all)];

/** What groups of commands (`rules check`, `rules list`) are about, by their first word. */
export const groups: ReadonlyMap<string, string> = new Map([]);
