/** The manual page, in the man macros that every Unix reads. */
import { bold, italic, roff } from './roff.ts';
import type { Entry, ProgramCommand, ProgramFlag, ProgramTable } from './types.ts';

/** roff text of the page, for section 1. */
export function manualPage(table: ProgramTable): string {
  const { name, version, summary, commands } = table;
  const lines = [
    `.TH ${roff(name.toUpperCase())} 1 "" "${roff(`${name} ${version}`)}" "User Commands"`,
    // Words are not broken: half a flag cannot be copied.
    '.nh',
    '.ad l',
    '.SH NAME',
    `${roff(name)} \\- ${roff(lowerFirst(summary))}`,
    '.SH SYNOPSIS',
    ...commands.flatMap((command, i) => [...(i === 0 ? [] : ['.br']), synopsis(name, command)]),
    '.br',
    `${bold(name)} ${bold('help')} [${italic('command')}]`,
    '.SH DESCRIPTION',
    roff(sentence(summary)),
    ...commands.flatMap(command => ['.TP', bold(command.name), roff(sentence(command.summary))]),
    '.SH COMMANDS',
    ...commands.flatMap(command => commandSection(name, command)),
    '.SH EXIT STATUS',
    ...entries(table.exitCodes),
    '.SH ENVIRONMENT',
    ...entries(table.environment),
    '.SH FILES',
    ...entries(table.files),
    '.SH EXAMPLES',
    ...commands.flatMap(command => exampleSection(name, command)),
  ];
  return `${lines.join('\n')}\n`;
}

function synopsis(name: string, { name: command, arguments: syntax }: ProgramCommand): string {
  return [bold(name), bold(command), ...argumentWords(syntax), `[${italic('options')}]`].join(' ');
}

/** `<path...>` as an italic word, `[shell]` as one in brackets. */
function argumentWords(syntax: string): string[] {
  return [...syntax.matchAll(/<([^>]+)>|\[([^\]]+)\]/g)].map(([, needed, optional]) =>
    needed !== undefined ? italic(needed) : `[${italic(optional!)}]`,
  );
}

function commandSection(name: string, command: ProgramCommand): string[] {
  const byGroup = new Map<string, ProgramFlag[]>();
  for (const flag of command.flags) byGroup.set(flag.group, [...(byGroup.get(flag.group) ?? []), flag]);
  return [
    `.SS "${roff(`${name} ${command.name}`)}"`,
    roff(command.description),
    ...[...byGroup].flatMap(([group, flags]) => [
      '.PP',
      italic(`${group}:`),
      ...flags.flatMap(flag => ['.TP', flagTerm(flag), roff(flagMeaning(flag))]),
    ]),
  ];
}

function flagTerm({ name, short, argument }: ProgramFlag): string {
  const names = [...(short === undefined ? [] : [bold(`-${short}`)]), bold(`--${name}`)].join(', ');
  return argument === undefined ? names : `${names} ${italic(argument)}`;
}

function flagMeaning({ help, choices, default: fallback, repeatable }: ProgramFlag): string {
  const words = choices === undefined ? '' : `: ${choices.join(', ')}`;
  const notGiven = fallback === undefined ? '' : ` (default: ${fallback})`;
  const again = repeatable === true ? ' May be given several times.' : '';
  return `${sentence(`${help}${words}${notGiven}`)}${again}`;
}

function entries(list: readonly Entry[]): string[] {
  return list.flatMap(([term, meaning]) => ['.TP', bold(term), roff(sentence(meaning))]);
}

function exampleSection(name: string, { name: command, examples }: ProgramCommand): string[] {
  if (examples.length === 0) return [];
  return [
    `.SS "${roff(`${name} ${command}`)}"`,
    ...examples.flatMap(([line, what], i) => [
      ...(i === 0 ? [] : ['.PP']),
      roff(`${upperFirst(what)}:`),
      '.PP',
      '.RS 4',
      '.nf',
      roff(line),
      '.fi',
      '.RE',
    ]),
  ];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? upperFirst(text) : `${upperFirst(text)}.`;
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1).replace(/\.$/, '');
}
