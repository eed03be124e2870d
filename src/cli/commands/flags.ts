/**
 * Flags that more than one command takes. A flag stands here once, with the one sentence that explains it; parsing,
 * help, completions and the man page follow from it.
 */
import type { Flag } from './command.ts';

export const levels: readonly string[] = ['informational', 'low', 'medium', 'high', 'critical'];

const rules: Flag = {
  name: 'rules',
  short: 'r',
  argument: 'PATH',
  repeatable: true,
  help: "Sigma rules: a file or a folder of YAML as published, or compiled by 'rules compile'",
  default: 'those of the advisory that ships, volt-typhoon',
  group: 'Rules',
};

const advisory: Flag = {
  name: 'advisory',
  short: 'a',
  argument: 'NAME|PATH',
  repeatable: true,
  help: 'an advisory pack: one that ships, by name, or a folder; with --rules only those named here',
  default: 'volt-typhoon',
  group: 'Rules',
};

const lookFor: Flag = {
  name: 'look-for',
  argument: 'TERM',
  repeatable: true,
  help:
    'an address or network, account (CORP\\jo, jo@corp.example, jo, SID), hash, path or file name: shows every record that holds it, in ' +
    'the time of --from and --to and 48 h around it. The form says what it is; address:, account:, hash:, path: or name: in front ' +
    'decides. No advisory and no rules run unless they are named',
  group: 'Selection',
};

/** Where a command is about rules and nothing else. */
const ruleSources: Flag = {
  name: 'rules',
  short: 'r',
  argument: 'PATH',
  repeatable: true,
  help: 'where the rule is: files or folders of YAML, or compiled rules',
  default: 'the rule itself, where it is given as a path',
  group: 'Rules',
};

const level: Flag = {
  name: 'level',
  argument: 'LEVEL',
  choices: levels,
  help: 'leave out rules below this level',
  default: 'all levels',
  group: 'Rules',
};

const status: Flag = {
  name: 'status',
  argument: 'LIST',
  help: 'run only rules of these statuses, separated by commas',
  default: 'all but deprecated and unsupported',
  group: 'Rules',
};

const include: Flag = {
  name: 'include',
  argument: 'ID|TAG',
  repeatable: true,
  help: 'run only rules with this id or tag; * and ? are wildcards (attack.t1003*)',
  group: 'Rules',
};

const exclude: Flag = {
  name: 'exclude',
  argument: 'ID|TAG',
  repeatable: true,
  help: 'leave out rules with this id or tag',
  group: 'Rules',
};

const placeholders: Flag = {
  name: 'placeholders',
  argument: 'FILE',
  help: 'YAML file of name: [values] for rules that use the expand modifier',
  group: 'Rules',
};

const cacheDir: Flag = {
  name: 'cache-dir',
  argument: 'DIR',
  help: 'where compiled rules are kept between runs',
  default: "the user's cache folder",
  group: 'Rules',
};

const noCache: Flag = {
  name: 'no-cache',
  help: 'compile the rules anew and keep nothing',
  group: 'Rules',
};

const from: Flag = {
  name: 'from',
  argument: 'TIME',
  help: 'only events at or after TIME: RFC 3339, a date, or back from now (-24h, -7d)',
  group: 'Selection',
};

const to: Flag = {
  name: 'to',
  argument: 'TIME',
  help: 'only events before TIME; a date includes that day',
  group: 'Selection',
};

const asOf: Flag = {
  name: 'as-of',
  argument: 'TIME',
  help: 'the moment that -24h and the like count back from',
  default: 'now',
  group: 'Selection',
};

const reveal: Flag = {
  name: 'reveal',
  help: 'show passwords and other secrets of command lines, which are masked otherwise',
  group: 'Output',
};

const memoryKey: Flag = {
  name: 'memory-key',
  argument: 'FILE',
  help: 'file whose bytes are the key of an encrypted memory',
  default: 'the passphrase in HUNTAWAY_MEMORY_PASSPHRASE, else it is asked for',
  group: 'Run',
};

const quiet: Flag = {
  name: 'quiet',
  short: 'q',
  help: 'nothing on standard error; findings are printed all the same',
  group: 'Output',
};

const color: Flag = {
  name: 'color',
  argument: 'WHEN',
  choices: ['auto', 'always', 'never'],
  help: 'colours; NO_COLOR and FORCE_COLOR in the environment count too',
  default: 'auto',
  group: 'Output',
};

const spoolDir: Flag = {
  name: 'spool-dir',
  argument: 'DIR',
  help: 'where findings wait until they are sorted, when they are many',
  default: "the system's temporary folder",
  group: 'Run',
};

const timeZone: Flag = {
  name: 'time-zone',
  argument: 'ZONE',
  help: 'zone of times in logs that do not say theirs: +12:00, or a name such as Pacific/Auckland',
  default: 'UTC',
  group: 'Selection',
};

const advisoryFormats = ['text', 'json'] as const;

const advisoryFormat: Flag = {
  name: 'format',
  short: 'f',
  argument: 'FORMAT',
  choices: advisoryFormats,
  help: 'how it is printed',
  default: 'text',
  group: 'Output',
};

/** What range of time is looked at, and how times are read. */
export const timeFlags: readonly Flag[] = [from, to, asOf, timeZone];
/** Which rules there are, and where their compiled form is kept. */
export const ruleSetFlags: readonly Flag[] = [placeholders, cacheDir, noCache];
/** Which of the rules run. */
export const selectionFlags: readonly Flag[] = [level, status, include, exclude];
/** Rules and which of them run. */
export const ruleFlags: readonly Flag[] = [rules, ...selectionFlags, ...ruleSetFlags];
/** How the program talks. */
export const talkFlags: readonly Flag[] = [quiet, color];
export {
  advisory,
  advisoryFormat,
  advisoryFormats,
  cacheDir,
  color,
  lookFor,
  memoryKey,
  placeholders,
  reveal,
  ruleSources,
  spoolDir,
};
