/** The commands there are, in the order of help. A new one is a file and one line here. */
import type { Command } from './command.ts';
import { dump } from './dump.ts';
import { hunt } from './hunt.ts';
import { verify } from './verify.ts';

export { type Command, type Flag, flagSyntax, type Given } from './command.ts';

export const commands: readonly Command[] = [hunt, dump, verify];

/** What groups of commands (`rules check`, `rules list`) are about, by their first word. */
export const groups: ReadonlyMap<string, string> = new Map([]);
