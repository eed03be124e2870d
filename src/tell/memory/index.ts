/**
 * A memory for a person: what is exposed since when and why, then how much is known of what else. Who used what how often is
 * not listed: that is for judging evidence, not for looking at people.
 */
import { daysIn, type Exposed, type Memory } from '../../judge/index.ts';
import { counted, plain, type Style, second, style, type TableOptions, wrap } from '../terminal/index.ts';

export type MemoryPlace = { readonly path: string; readonly isEncrypted: boolean };

const INDENT = '    ';
/** Accounts of one theft that are named. */
const MOST_NAMED = 20;
const MOST_HOSTS = 20;

/** Text with newlines. */
export function renderMemory(
  memory: Memory,
  { path, isEncrypted }: MemoryPlace,
  { width, color }: TableOptions,
): string {
  const paint = style(color);
  const lines = [
    ...wrap(`Memory ${plain(path)} (${isEncrypted ? 'encrypted' : 'not encrypted'})`, width),
    ...(memory.drill ? ['Of a drill: logs of a real site neither use it nor add to it.'] : []),
    '',
    ...exposedLines(memory.exposed, width, paint),
    '',
    ...usesLines(memory, width),
    ...krbtgtLines(memory, width),
    '',
    ...periodLines(memory.periods, width, paint),
  ];
  return `${lines.join('\n')}\n`;
}

function exposedLines(exposed: Memory['exposed'], width: number, paint: Style): string[] {
  if (exposed.length === 0) return ['No account is exposed.'];
  return [
    paint.bold('Exposed accounts, each until its next password change'),
    ...thefts(exposed).flatMap(({ first, accounts }) => [
      ...wrap(`  ${second(first.since)}  ${whose(first)}`, width),
      ...(first.account === '*' ? [] : wrap(INDENT + named(accounts), width)),
      ...wrap(INDENT + plain(first.evidence), width).map(paint.dim),
    ]),
  ];
}

/** Rows of one theft together, in the order of the memory. */
function thefts(
  exposed: Memory['exposed'],
): { readonly first: Exposed; readonly accounts: readonly string[] }[] {
  const byTheft = new Map<string, { first: Exposed; accounts: string[] }>();
  for (const each of exposed) {
    const key = `${each.since}\0${each.scope}\0${each.how}\0${each.evidence}\0${each.account === '*'}`;
    const theft = byTheft.get(key);
    if (theft === undefined) byTheft.set(key, { first: each, accounts: [each.account] });
    else theft.accounts.push(each.account);
  }
  return [...byTheft.values()];
}

function whose({ how, scope, account }: Exposed): string {
  const where = plain(scope);
  switch (how) {
    case 'domain':
      return `every account of ${where === '' ? 'the domain' : where}, and its tickets until krbtgt is reset twice`;
    case 'host':
      return `accounts with logons on ${where}`;
    case 'local':
      return account === '*' ? `every account of ${where} itself` : `accounts of ${where} itself`;
    case 'profile':
      return `passwords stored in a profile on ${where}`;
  }
}

function named(accounts: readonly string[]): string {
  const shown = accounts.slice(0, MOST_NAMED).map(plain).join(', ');
  return accounts.length > MOST_NAMED
    ? `${shown} and ${counted(accounts.length - MOST_NAMED, 'other')}`
    : shown;
}

function usesLines({ uses, days, passwords }: Memory, width: number): string[] {
  const accounts = new Set(uses.map(({ account }) => account)).size;
  const on = new Set(days.flatMap(each => daysIn(each.days) ?? [])).size;
  const when = on === 0 ? '' : `, on ${counted(on, 'day')}`;
  const ways = `${counted(uses.length, 'way', 'ways')} in which ${counted(accounts, 'account')} ${accounts === 1 ? 'was' : 'were'} used${when}`;
  const changes = `password changes of ${counted(passwords.length, 'account')}`;
  return wrap(`Known: ${ways}; ${changes}.`, width);
}

function krbtgtLines({ krbtgt }: Memory, width: number): string[] {
  if (krbtgt.length === 0) return ['No reset of krbtgt is known.'];
  return krbtgt.flatMap(({ domain, micros }) =>
    wrap(`krbtgt${domain === '' ? '' : ` of ${plain(domain)}`} was reset on ${second(micros)}.`, width),
  );
}

function periodLines(periods: Memory['periods'], width: number, paint: Style): string[] {
  if (periods.length === 0) return ['No logs were read into it yet.'];
  const byHost = new Map<string, Memory['periods'][number][]>();
  for (const period of periods) {
    const own = byHost.get(period.host);
    if (own === undefined) byHost.set(period.host, [period]);
    else own.push(period);
  }
  const hosts = [...byHost];
  return [
    paint.bold('Logs it has seen (outside of these periods nothing was seen)'),
    ...hosts
      .slice(0, MOST_HOSTS)
      .flatMap(([host, own]) => wrap(`  ${plain(host)}  ${own.map(spanText).join(', ')}`, width)),
    ...(hosts.length > MOST_HOSTS ? [`  and ${counted(hosts.length - MOST_HOSTS, 'other host')}`] : []),
  ];
}

function spanText({ from, to }: Memory['periods'][number]): string {
  const [first, last] = [second(from).slice(0, 10), second(to).slice(0, 10)];
  return (first === last ? first : `${first} to ${last}`).replaceAll(' ', '\u00a0');
}

const plurals: Readonly<Record<string, string>> = {
  'reset of krbtgt': 'resets of krbtgt',
  'list of days': 'lists of days',
};

/** `left out 2 exposures, 13 uses; the rest is as it was`. */
export function tellForgotten(before: Memory, after: Memory, what: string): string {
  const parts = [
    [before.exposed.length - after.exposed.length, 'exposure'],
    [before.uses.length - after.uses.length, 'use'],
    [before.days.length - after.days.length, 'list of days'],
    [before.passwords.length - after.passwords.length, 'password change'],
    [before.krbtgt.length - after.krbtgt.length, 'reset of krbtgt'],
    [before.periods.length - after.periods.length, 'period'],
  ] as const;
  const gone = parts.flatMap(([count, one]) => {
    if (count <= 0) return [];
    return [counted(count, one, plurals[one])];
  });
  return gone.length === 0
    ? `nothing is known ${what}`
    : `left out what was known ${what}: ${gone.join(', ')}`;
}
