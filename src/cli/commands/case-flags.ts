/** Flags of the commands about cases. */
import type { Flag } from './command.ts';

export const caseFormats = ['text', 'json'] as const;

export const huntFolder: Flag = {
  name: 'hunt',
  argument: 'DIR',
  help: "the folder that 'huntaway hunt --out' wrote",
  default: 'the current folder',
  group: 'Run',
};

export const cases: Flag = {
  name: 'cases',
  argument: 'FILE',
  help: 'file of decisions; one file for all hunts of a site keeps them together',
  default: 'cases.jsonl in the folder of the hunt',
  group: 'Run',
};

export const caseFormat: Flag = {
  name: 'format',
  short: 'f',
  argument: 'FORMAT',
  choices: caseFormats,
  help: 'how it is printed',
  default: 'text',
  group: 'Output',
};
