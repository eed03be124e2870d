/** Turns the tables of commands and flags into a parser with help, by way of commander. */
import { Command, CommanderError, Option, type OutputConfiguration } from 'commander';
import { summary } from './about.ts';
import {
  type Command as CommandEntry,
  commands,
  type Flag,
  flagSyntax,
  type Given,
  groups,
} from './commands/index.ts';
import { oneOf, UsageError } from './usage.ts';

/** A command line that was understood. */
export type Parsed =
  | {
      readonly kind: 'command';
      readonly command: CommandEntry;
      readonly words: string[];
      readonly given: Given;
    }
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
function refuseBlanks({ command, words, given }: Extract<Parsed, { kind: 'command' }>): void {
  if (words.includes('')) throw new UsageError(`${argumentName(command)} is empty`);
  for (const flag of command.flags) {
    const value = given[flag.name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
    if (value === '' || (Array.isArray(value) && value.includes(''))) {
      throw new UsageError(`--${flag.name} is given, but its ${flag.argument} is empty`);
    }
  }
}

/** `a path`, for the first argument of a command. */
function argumentName({ arguments: syntax }: CommandEntry): string {
  const name = /\w+/.exec(syntax)?.[0] ?? 'argument';
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

type Output = OutputConfiguration;

/** Where a command is hung: the program itself, or its group (`rules check` in `rules`), made at its first command. */
function parentOf(name: string, program: Command, parents: Map<string, Command>, output: Output): Command {
  const space = name.indexOf(' ');
  if (space < 0) return program;
  const group = name.slice(0, space);
  let parent = parents.get(group);
  if (parent === undefined) {
    parent = program
      .command(group)
      .summary(groups.get(group)!)
      .description(groups.get(group)!)
      .usage('<command> [options]')
      .helpOption('-h, --help', 'print this help')
      .helpCommand(false)
      .exitOverride()
      .configureOutput(output);
    parents.set(group, parent);
  }
  return parent;
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
    .description(summary)
    .usage('<command> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput(output)
    .addHelpText('after', '\nMore on a command: huntaway help hunt');
  const parents = new Map<string, Command>();
  for (const command of commands) {
    const name = command.name.split(' ').at(-1)!;
    const sub = parentOf(command.name, program, parents, output)
      .command(`${name} ${command.arguments}`.trim())
      .summary(command.summary)
      .description(command.description)
      .usage(`${command.arguments} [options]`.trim())
      .helpOption('-h, --help', 'print this help')
      .addHelpText('after', examplesText(command.examples))
      .exitOverride()
      .configureOutput(output)
      // Commander passes each argument (a list where it may repeat), then the flags.
      .action((...all: unknown[]) => {
        const words = all
          .slice(0, -2)
          .flat()
          .filter(word => word !== undefined) as string[];
        parsed = { kind: 'command', command, words, given: all.at(-2) as Given };
      });
    for (const flag of command.flags) sub.addOption(optionOf(flag));
    // A command may head a group too: `drill` makes one, `drill list` lists the kinds, and a flag behind `list` is its own.
    if (!command.name.includes(' ') && groups.has(command.name)) {
      parents.set(command.name, sub.helpCommand(false).enablePositionalOptions());
    }
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
