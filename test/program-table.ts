/** A table of commands that has all a table can have, and text that no shell and no roff takes kindly to. */
import type { ProgramTable } from '../src/tell/index.ts';

export const nasty = `it's "odd" [x]: \\n $HOME \`id\` $(id) %s ~ ^ ‘curly’ … end`;

export const programTable: ProgramTable = {
  name: 'hound',
  version: '1.2.3',
  summary: 'Finds things: in logs.',
  commands: [
    {
      name: 'hunt',
      arguments: '<path...>',
      summary: nasty,
      description: `.TH is no request here. ${nasty}`,
      examples: [[`hound hunt 'a b' --format "x"`, '.starts with a point']],
      flags: [
        {
          name: 'format',
          short: 'f',
          argument: 'FORMAT',
          choices: ['table', "o'dd $x"],
          help: nasty,
          default: 'table',
          group: 'Output',
        },
        { name: 'rules', short: 'r', argument: 'PATH', repeatable: true, help: 'rules', group: 'Rules' },
        { name: 'out', argument: 'DIR', help: 'where to', group: 'Output' },
        { name: 'operator', argument: 'NAME', help: 'who', group: 'Output' },
        { name: 'quiet', short: 'q', help: 'say nothing', group: 'Output' },
      ],
    },
    {
      name: 'rules check',
      arguments: '<path>',
      summary: 'check rules',
      description: 'Checks rules.',
      examples: [],
      flags: [{ name: 'strict', help: 'be strict', group: 'Rules' }],
    },
    {
      name: 'rules list',
      arguments: '[id]',
      summary: 'list rules',
      description: 'Lists rules.',
      examples: [],
      flags: [],
    },
    {
      name: 'shell',
      arguments: '<shell>',
      choices: ['bash', 'zsh'],
      summary: 'name a shell',
      description: 'Names one.',
      examples: [],
      flags: [],
    },
  ],
  groups: new Map([['rules', 'what there is to know of rules']]),
  exitCodes: [['0', 'finished']],
  environment: [['NO_COLOR', 'no colours']],
  files: [['~/.cache/hound', 'a cache']],
};
