/** A site while a drill is played: its machines, its calendar, and the streams that everything is drawn from. */
import { tickets } from '../events/index.ts';
import { Machine } from '../machine.ts';
import type { Random } from '../random.ts';
import { type Cause, Recorder } from '../record.ts';
import type { Origin } from '../session.ts';
import { Calendar, day, hour } from '../time.ts';
import {
  type Account,
  type Host,
  makeSite,
  Outside,
  type Person,
  type Role,
  type Site,
  type SiteWishes,
} from './site.ts';

/** A ticket lasts ten hours; within them a domain controller is asked for no other. */
const ticketLife = 10 * hour;

export class World {
  readonly site: Site;
  readonly calendar: Calendar;
  readonly recorder: Recorder;
  readonly outside: Outside;
  /** What happens and when; `names`: what it is called. */
  readonly random: Random;
  readonly names: Random;
  readonly #machines = new Map<string, Machine>();
  /** By account and address: when the last ticket was granted. */
  readonly #tickets = new Map<string, number>();

  constructor(random: Random, names: Random, first: number, days: number, wishes: SiteWishes) {
    this.random = random;
    this.names = names.fork('things');
    this.outside = new Outside(names.fork('outside'));
    this.site = makeSite(random.fork('site'), names.fork('site'), this.outside, wishes);
    this.calendar = new Calendar(first, days, this.site.offset);
    const { first: from, end } = this.calendar;
    this.recorder = new Recorder(from, end);
    for (const host of this.site.hosts) {
      const { netbios, domainSid } = this.site;
      // By role and number, so that the same host draws the same whatever it is called.
      const label = `${host.role} ${this.site.hosts.indexOf(host)}`;
      const machine = new Machine(host, netbios, domainSid, this.recorder, random.fork(label), from);
      this.#machines.set(host.name, machine);
    }
  }

  machine(host: Host): Machine {
    return this.#machines.get(host.name)!;
  }

  get machines(): readonly Machine[] {
    return [...this.#machines.values()];
  }

  /** The machines of a role, in order. */
  of(role: Role): readonly Machine[] {
    return this.site.hosts.filter(host => host.role === role).map(host => this.machine(host));
  }

  the(role: Role, number = 0): Machine {
    return this.of(role)[number]!;
  }

  workstationOf(person: Person): Machine {
    return this.machine(person.workstation);
  }

  originOf(machine: Machine): Origin {
    return { address: machine.host.address, name: machine.host.name };
  }

  /** The domain controller that answers now. */
  dc(): Machine {
    const first = this.random.chance(0.75);
    return this.the('dc', first ? 0 : this.of('dc').length - 1);
  }

  /**
   * What a domain controller records of a logon to `service` (or at a desk, where null): tickets, or the check of an NTLM
   * answer. Returns the logon's GUID.
   */
  authenticate(
    time: number,
    account: Account,
    origin: Origin,
    service: Machine | null,
    kind: 'Kerberos' | 'NTLM',
    cause: Cause | null,
  ): string {
    const dc = this.dc();
    const lsass = dc.lsass(time);
    const { domain } = this.site;
    const logonGuid = this.random.guid();
    if (account.domain !== this.site.netbios) return logonGuid;
    if (kind === 'NTLM') {
      dc.write(tickets.ntlmChecked(dc.host, time - 22_000, lsass, account, origin.name), cause);
      return logonGuid;
    }
    const key = `${account.sid} ${origin.address}`;
    const last = this.#tickets.get(key);
    if (last === undefined || Math.abs(time - last) > ticketLife) {
      this.#tickets.set(key, time);
      dc.write(tickets.ticketGranted(dc.host, time - 61_000, lsass, account, domain, origin.address), cause);
    }
    if (service !== null) {
      dc.write(
        tickets.serviceTicketGranted(
          dc.host,
          time - 24_000,
          lsass,
          account,
          domain,
          origin.address,
          service.host,
          logonGuid,
        ),
        cause,
      );
    }
    return logonGuid;
  }

  /** Every day of the drill, by number. */
  *days(): Iterable<number> {
    for (let at = 0; at < this.calendar.days; at++) yield at;
  }

  /** A day of the drill at this share of its length (0 to 1), a working day. */
  dayAt(share: number): number {
    return this.calendar.workday(Math.floor(share * (this.calendar.days - 3)));
  }
}

/** First day of a drill: some day of two years, by seed. */
export function firstDay(random: Random, days: number): number {
  const latest = Date.UTC(2026, 10, 20) * 1000;
  return latest - (days + random.whole(0, 500)) * day;
}
