/**
 * Every command and flag in one table, from which parsing, help and messages come (and completions and the man
 * page can). A flag stands here once, with the one sentence that explains it.
 */

export type CommandName = 'hunt' | 'dump';

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
  readonly commands: readonly CommandName[];
};

export type Command = {
  readonly name: CommandName;
  /** One sentence for the list of commands. */
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly (readonly [command: string, explanation: string])[];
};

const levels = ['informational', 'low', 'medium', 'high', 'critical'];

export const commands: readonly Command[] = [
  {
    name: 'hunt',
    summary: 'run Sigma rules over logs and print what they find',
    description:
      'Reads Windows event logs (.evtx; plain, in folders, in .zip and .gz, or from standard input with -), runs ' +
      'every Sigma rule that applies over every event, and prints the findings. Nothing is lost silently: rules that ' +
      'could not run and files that could not be read are named, and --out writes the full ledger.',
    examples: [
      ['huntaway hunt ./logs --rules ./sigma/rules', 'hunt a folder'],
      ['huntaway hunt host1.zip --rules ./sigma/rules --out ./case-17', 'with findings, ledger and hashes'],
      [
        'huntaway hunt ./logs --rules ./rules --level high --from -7d',
        'the last week, high and critical only',
      ],
      [
        "huntaway hunt './c/**/Security*.evtx' --rules ./rules --format jsonl > f.jsonl",
        'findings as JSON lines',
      ],
      [
        'cat Security.evtx | huntaway hunt - --rules ./rules --fail-on critical',
        'exit code 1 on a critical finding',
      ],
    ],
  },
  {
    name: 'dump',
    summary: 'print every event as a line of JSON',
    description:
      'Reads logs as hunt does and prints each event as one line of JSON, in the order of the files.',
    examples: [
      ['huntaway dump Security.evtx', 'nested, as Windows shows events'],
      ['huntaway dump ./logs --format ecs > events.jsonl', 'in the Elastic Common Schema'],
    ],
  },
];

const both: readonly CommandName[] = ['hunt', 'dump'];
const huntOnly: readonly CommandName[] = ['hunt'];

export const flags: readonly Flag[] = [
  {
    name: 'rules',
    short: 'r',
    argument: 'PATH',
    repeatable: true,
    help: 'Sigma rules: a file or a folder of YAML as published',
    default: 'none: events are read and counted only',
    group: 'Rules',
    commands: huntOnly,
  },
  {
    name: 'level',
    argument: 'LEVEL',
    choices: levels,
    help: 'leave out rules below this level',
    default: 'all levels',
    group: 'Rules',
    commands: huntOnly,
  },
  {
    name: 'status',
    argument: 'LIST',
    help: 'run only rules of these statuses, separated by commas',
    default: 'all but deprecated and unsupported',
    group: 'Rules',
    commands: huntOnly,
  },
  {
    name: 'include',
    argument: 'ID|TAG',
    repeatable: true,
    help: 'run only rules with this id or tag; * and ? are wildcards (attack.t1003*)',
    group: 'Rules',
    commands: huntOnly,
  },
  {
    name: 'exclude',
    argument: 'ID|TAG',
    repeatable: true,
    help: 'leave out rules with this id or tag',
    group: 'Rules',
    commands: huntOnly,
  },
  {
    name: 'placeholders',
    argument: 'FILE',
    help: 'YAML file of name: [values] for rules that use the expand modifier',
    group: 'Rules',
    commands: huntOnly,
  },
  {
    name: 'cache-dir',
    argument: 'DIR',
    help: 'where compiled rules are kept between runs',
    default: "the user's cache folder",
    group: 'Rules',
    commands: huntOnly,
  },
  {
    name: 'no-cache',
    help: 'compile the rules anew and keep nothing',
    group: 'Rules',
    commands: huntOnly,
  },
  {
    name: 'from',
    argument: 'TIME',
    help: 'only events at or after TIME: RFC 3339, a date, or back from now (-24h, -7d)',
    group: 'Selection',
    commands: both,
  },
  {
    name: 'to',
    argument: 'TIME',
    help: 'only events before TIME; a date includes that day',
    group: 'Selection',
    commands: both,
  },
  {
    name: 'as-of',
    argument: 'TIME',
    help: 'the moment that -24h and the like count back from',
    default: 'now',
    group: 'Selection',
    commands: both,
  },
  {
    name: 'format',
    short: 'f',
    argument: 'FORMAT',
    choices: ['table', 'jsonl', 'csv', 'json'],
    help: 'how findings are printed',
    default: 'table on a terminal, else jsonl',
    group: 'Output',
    commands: huntOnly,
  },
  {
    name: 'format',
    short: 'f',
    argument: 'FORMAT',
    choices: ['windows', 'ecs'],
    help: 'how events are printed',
    default: 'windows',
    group: 'Output',
    commands: ['dump'],
  },
  {
    name: 'out',
    short: 'o',
    argument: 'DIR',
    help: 'write findings.jsonl, ledger.json and run.json (hashes of everything) to DIR',
    group: 'Output',
    commands: huntOnly,
  },
  {
    name: 'force',
    help: 'replace those files where DIR holds them',
    group: 'Output',
    commands: huntOnly,
  },
  {
    name: 'reveal',
    help: 'show passwords and other secrets of command lines, which are masked otherwise',
    group: 'Output',
    commands: both,
  },
  {
    name: 'fail-on',
    argument: 'LEVEL',
    choices: levels,
    help: 'exit with 1 if anything at or above LEVEL is found',
    group: 'Output',
    commands: huntOnly,
  },
  {
    name: 'quiet',
    short: 'q',
    help: 'nothing on standard error; findings are printed all the same',
    group: 'Output',
    commands: both,
  },
  {
    name: 'color',
    argument: 'WHEN',
    choices: ['auto', 'always', 'never'],
    help: 'colours; NO_COLOR and FORCE_COLOR in the environment count too',
    default: 'auto',
    group: 'Output',
    commands: both,
  },
  {
    name: 'workers',
    short: 'w',
    argument: 'N',
    help: 'threads to read and match with; the result is the same with any number',
    default: 'by size of the input',
    group: 'Run',
    commands: huntOnly,
  },
  {
    name: 'operator',
    argument: 'NAME',
    help: 'who runs the hunt, for the record',
    group: 'Run',
    commands: huntOnly,
  },
  {
    name: 'spool-dir',
    argument: 'DIR',
    help: 'where findings wait until they are sorted, when they are many',
    default: "the system's temporary folder",
    group: 'Run',
    commands: huntOnly,
  },
];

export function flagsOf(command: CommandName): readonly Flag[] {
  return flags.filter(flag => flag.commands.includes(command));
}

/** `-q, --quiet` or `-o, --out <DIR>`: the form that commander and people read. */
export function flagSyntax(flag: Flag): string {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  const argument = flag.argument === undefined ? '' : ` <${flag.argument}>`;
  return `${short}--${flag.name}${argument}`;
}
