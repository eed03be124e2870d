/** Words of the OT line. Names come from logs: whoever prints them escapes them. */
import { formatMicros, NO_TIME } from '../../read/events/index.ts';

/** `a, b and 3 more`. */
export function listed(words: readonly string[], most: number): string {
  if (words.length > most)
    return `${words.slice(0, most - 1).join(', ')} and ${words.length - most + 1} more`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Hosts without their domain, unless two are then called the same. */
export function shortNames(hosts: readonly string[]): string[] {
  const labels = hosts.map(host => (/^[\d.]+$|:/.test(host) ? host : host.split('.', 1)[0]!));
  return hosts.map((host, i) =>
    labels.indexOf(labels[i]!) === labels.lastIndexOf(labels[i]!) ? labels[i]! : host,
  );
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** ` since 2026-10-08`; empty where no time is known. */
export function sinceDay(micros: number): string {
  return micros === NO_TIME ? '' : ` since ${formatMicros(micros).slice(0, 10)}`;
}
