/** Turns the tables of commands and flags into a parser with help, by way of commander. */
import { Command, CommanderError, Option } from 'commander';
import { type CommandName, commands, type Flag, flagSyntax, flagsOf } from './flags.ts';
import { oneOf, UsageError } from './usage.ts';

/** Flags by camel-cased name, as given; absent where not given. */
export type Given = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** A command line that was understood. */
export type Parsed =
  | { readonly kind: 'command'; readonly name: CommandName; readonly paths: string[]; readonly given: Given }
  /** Help or the version was asked for: print and finish. */
  | { readonly kind: 'text'; readonly text: string };

function optionOf(flag: Flag): Option {
  const choices = flag.choices === undefined ? '' : `: ${oneOf(flag.choices)}`;
  const fallback = flag.default === undefined ? '' : ` (default: ${flag.default})`;
  const option = new Option(flagSyntax(flag), `${flag.help}${choices}${fallback}`);
  option.helpGroup(`${flag.group}:`);
  if (flag.repeatable === true) {
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  }
  return option;
}

function examplesText(examples: readonly (readonly [string, string])[]): string {
  return `\nExamples:\n${examples.map(([line, what]) => `  # ${what}\n  ${line}\n`).join('')}`;
}

/** Commander's sentence in our form: one line that begins with a small letter and has no `error:`. */
function usageMessage(text: string): string {
  return text
    .trim()
    .replace(/^error: /, '')
    .replace(/\n\(/, ' (')
    .replace(/^required option/, 'missing')
    .split('\n')[0]!;
}

/** An empty word is a variable of a script that was not set: to take it for a value would hide that. */
function refuseBlanks({ name, paths, given }: Extract<Parsed, { kind: 'command' }>): void {
  if (paths.includes('')) throw new UsageError('a path is empty');
  for (const flag of flagsOf(name)) {
    const value = given[flag.name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
    if (value === '' || (Array.isArray(value) && value.includes(''))) {
      throw new UsageError(`--${flag.name} is given, but its ${flag.argument} is empty`);
    }
  }
}

/** Parses the words after the program's name. Throws `UsageError`. */
export function parse(words: readonly string[], version: string): Parsed {
  let text = '';
  let parsed: Parsed | null = null;
  const output = {
    writeOut: (part: string) => {
      text += part;
    },
    writeErr: () => {},
    getOutHelpWidth: () => 100,
  };
  const program = new Command('huntaway')
    .description(
      'Hunts intruders who live off the land: Windows event logs through every Sigma rule, offline.',
    )
    .usage('<command> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput(output)
    .addHelpText('after', '\nMore on a command: huntaway help hunt');
  for (const command of commands) {
    const sub = program
      .command(`${command.name} <path...>`)
      .summary(command.summary)
      .description(command.description)
      .usage('<path...> [options]')
      .helpOption('-h, --help', 'print this help')
      .addHelpText('after', examplesText(command.examples))
      .exitOverride()
      .configureOutput(output)
      .action((paths: string[], given: Given) => {
        parsed = { kind: 'command', name: command.name, paths, given };
      });
    for (const flag of flagsOf(command.name)) sub.addOption(optionOf(flag));
  }
  try {
    program.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text };
    // Without a command, or with help for an unknown one, commander prints help as an error.
    if (error.code === 'commander.help') {
      if (words[0] === 'help' && words[1] !== undefined) {
        throw new UsageError(`unknown command '${words[1]}'; see 'huntaway --help'`);
      }
      throw new UsageError("no command given; see 'huntaway --help'");
    }
    throw new UsageError(`${usageMessage(error.message)}; see 'huntaway --help'`);
  }
  if (parsed === null) throw new UsageError("no command given; see 'huntaway --help'");
  refuseBlanks(parsed);
  return parsed;
}
