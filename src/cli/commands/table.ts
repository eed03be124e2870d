/** The table of this program for those who describe it: commands, and what holds for all of them. */
import type { ProgramTable } from '../../tell/index.ts';
import * as about from '../about.ts';
import type { Command } from './command.ts';

/**
 * The commands that there are. Given as a function, because the commands that describe the table stand in it
 * themselves.
 */
export type AllCommands = () => {
  readonly commands: readonly Command[];
  readonly groups: ReadonlyMap<string, string>;
};

export function programTable(all: AllCommands, version: string): ProgramTable {
  return { name: 'huntaway', version, ...all(), ...about };
}
