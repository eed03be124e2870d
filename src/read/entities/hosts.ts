/**
 * One name for each host. The same machine is `DC1` in one log, `dc1.example.test` in the next and `DC1.example.test.` in
 * a third. The full name in lower case is the one; a short name is taken for the full name that begins with it where the
 * logs hold exactly one. Where they hold two, the short name stays what it is: to join two hosts would be worse than to
 * leave one apart. The mark of drills is part of the name.
 */
import { canonicalAddress } from './addresses.ts';

export class HostNames {
  /** By first label: the full name, null where there are several. */
  readonly #full = new Map<string, string | null>();
  readonly #known = new Set<string>();
  readonly #canonical = new Map<string, string>();

  /** `names`: every host's name in the logs, as written, in any order. */
  constructor(names: Iterable<string>) {
    const plainNames = new Set<string>();
    for (const name of names) plainNames.add(plainName(name));
    plainNames.delete('');
    for (const name of plainNames) {
      const dot = name.indexOf('.');
      if (dot <= 0 || canonicalAddress(name) !== null) continue;
      const label = name.slice(0, dot);
      this.#full.set(label, this.#full.has(label) ? null : name);
    }
    for (const name of plainNames) this.#known.add(this.#fullOf(name));
  }

  /** The one name of a host, whether the logs hold it or not: its full name, else its name, in lower case. */
  canonical(written: string): string {
    let name = this.#canonical.get(written);
    if (name === undefined) {
      name = this.#fullOf(plainName(written));
      if (this.#canonical.size >= MOST_REMEMBERED) this.#canonical.clear();
      this.#canonical.set(written, name);
    }
    return name;
  }

  /**
   * The host of these logs that is meant, in a command line (`\\DC1`) or an event; null where the logs hold no such host.
   * A full name of another domain is another host.
   */
  known(written: string): string | null {
    const name = this.canonical(written);
    return this.#known.has(name) ? name : null;
  }

  #fullOf(name: string): string {
    return name.includes('.') ? name : (this.#full.get(name) ?? name);
  }
}

const MOST_REMEMBERED = 65_536;

/** Lower case, without backslashes in front and the dot at the end; an address in its one form. */
function plainName(written: string): string {
  const name = written.trim().replace(/^\\+/, '').replace(/\.$/, '').toLowerCase();
  return canonicalAddress(name) ?? name;
}
