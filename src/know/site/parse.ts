/**
 * The text of a site file → what is known of the site. Every problem has its place; what is wrong is left out and the rest
 * goes on, with one exception that is none: an approval that is not whole never counts, because it would lower evidence on
 * somebody's word that nobody gave.
 */
import { parseTime } from '../../read/events/index.ts';
import { loadParser } from '../sigma/index.ts';
import { type FileProblem, Problems, Section } from '../yaml/index.ts';
import { namesPlace, namesSomething } from './glob.ts';
import { prefixOf } from './networks.ts';
import { type Approval, knownRoles, type Site, type Zone, zones } from './types.ts';

export type ParsedSite = {
  /** Null where the file is no map of YAML. */
  readonly site: Site | null;
  readonly problems: readonly FileProblem[];
};

const DAY_MICROS = 86_400e6;
/** Characters of one glob, so that matching stays cheap. */
const MOST_GLOB = 512;
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** `path` is written into places. Never throws. */
export async function parseSite(text: string, path: string): Promise<ParsedSite> {
  const problems = new Problems();
  const { readTree } = await loadParser();
  const { root, trouble, place } = readTree(text, path);
  problems.enter(place);
  if (trouble !== null) problems.add('error', trouble.message, trouble.place);
  const section = root === null ? null : Section.of(root, 'the site file', problems);
  return { site: section === null ? null : siteOf(section), problems: problems.all };
}

function siteOf(section: Section): Site {
  const site = {
    hosts: section.sections('hosts', n => `host ${n}`).flatMap(hostOf),
    networks: section.sections('networks', n => `network ${n}`).flatMap(networkOf),
    vendorAccounts: globs(section, 'vendor-accounts'),
    serviceAccounts: globs(section, 'service-accounts'),
    approvals: approvalsOf(section),
  };
  section.close();
  return site;
}

function hostOf(section: Section): Site['hosts'] {
  const host = {
    name: glob(section, 'name', section.text('name')).toLowerCase(),
    roles: rolesIn(section),
    zone: section.word('zone', zones),
  };
  section.close();
  return section.broken ? [] : [host];
}

function networkOf(section: Section): Site['networks'] {
  const cidr = section.text('cidr');
  if (cidr !== '' && prefixOf(cidr) === null) {
    section.fail(
      `'${clipped(cidr)}' is no network: write an address, a slash and the length of the prefix (10.20.0.0/16)`,
    );
  }
  const zone: Zone = section.requiredWord('zone', zones, 'it');
  const network = { cidr, zone, roles: rolesIn(section) };
  section.close();
  return section.broken ? [] : [network];
}

/** Any word is a role; one letter away from a common one it is more likely a slip. */
function rolesIn(section: Section): string[] {
  return section.texts('roles').map(({ text, at }) => {
    const role = text.toLowerCase();
    const meant = knownRoles.find(known => known !== role && isSlip(role, known));
    if (meant !== undefined)
      section.warn(`the role '${clipped(text)}' is taken as it is; did you mean '${meant}'?`, at);
    return role;
  });
}

/** One letter too many, too few or other, in a word of four or more. */
function isSlip(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) return false;
  let front = 0;
  while (front < Math.min(a.length, b.length) && a[front] === b[front]) front++;
  const [restA, restB] = [a.slice(front), b.slice(front)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

function approvalsOf(section: Section): Approval[] {
  const ids = new Set<string>();
  return section
    .sections('approvals', n => `approval ${n}`)
    .flatMap(each => {
      const approval = approvalOf(each);
      if (ids.has(approval.id))
        each.fail(`the approval '${clipped(approval.id)}' stands twice: give each an id of its own`);
      ids.add(approval.id);
      return each.broken ? [] : [approval];
    });
}

function approvalOf(section: Section): Approval {
  const id = section.text('id');
  const approval: Approval = {
    id,
    account: optionalGlob(section, 'account'),
    host: optionalGlob(section, 'host'),
    parent: optionalGlob(section, 'parent'),
    path: optionalGlob(section, 'path', namesPlace),
    command: optionalGlob(section, 'command'),
    behaviours: section.has('behaviours')
      ? section.texts('behaviours').map(({ text }) => text.toUpperCase())
      : null,
    schedule: scheduleOf(section),
    by: section.text('by'),
    why: section.text('why'),
    until: untilOf(section),
  };
  section.close();
  const { account, host, parent, path, command, behaviours } = approval;
  if ([account, host, parent, path, command, behaviours].every(each => each === null)) {
    section.fail(`the approval '${clipped(id)}' would approve everything: say whose, where, or what`);
  }
  return approval;
}

function optionalGlob(
  section: Section,
  key: string,
  says: (pattern: string) => boolean = namesSomething,
): string | null {
  const text = section.optionalText(key);
  if (text === null) return null;
  if (says(text)) return glob(section, key, text);
  section.warn(`'${key}' is '${clipped(text)}', which names nothing: it counts as not given`);
  return null;
}

function glob(section: Section, key: string, text: string): string {
  if (text.length > MOST_GLOB) section.fail(`'${key}' is longer than ${MOST_GLOB} characters`);
  return text;
}

function globs(section: Section, key: string): string[] {
  return section.texts(key).flatMap(({ text, at }) => {
    if (text.length <= MOST_GLOB && namesSomething(text)) return [text];
    section.object(
      `'${key}' holds '${clipped(text)}', which names nobody or is too long: it is left out`,
      at,
    );
    return [];
  });
}

/** The moment after the last on which it counts. */
function untilOf(section: Section): number | null {
  const text = section.optionalText('until');
  if (text === null) {
    section.warn(
      "the approval has no 'until': it counts for ever; give it a day on which somebody looks at it again",
    );
    return null;
  }
  const micros = parseTime(text);
  if (micros === undefined) {
    section.fail(`'until' is '${clipped(text)}': write a day as 2027-06-30`);
    return null;
  }
  return /^\d{4}-\d\d-\d\d$/.test(text) ? micros + DAY_MICROS : micros;
}

function scheduleOf(section: Section): Approval['schedule'] {
  const schedule = section.section('schedule', 'the schedule');
  if (schedule === null) return null;
  const found = {
    days: schedule.has('days')
      ? schedule.texts('days').map(({ text, at }) => dayIn(schedule, text, at))
      : [0, 1, 2, 3, 4, 5, 6],
    from: minuteIn(schedule, 'from', 0),
    to: minuteIn(schedule, 'to', 24 * 60),
  };
  schedule.close();
  if (schedule.broken) section.broken = true;
  return found;
}

function dayIn(section: Section, text: string, at: number): number {
  const day = days.findIndex(name => text.toLowerCase().startsWith(name));
  if (day < 0) section.fail(`'${clipped(text)}' is no day of the week: write ${days.join(', ')}`, at);
  return Math.max(0, day);
}

function minuteIn(section: Section, key: string, fallback: number): number {
  const text = section.optionalText(key);
  if (text === null) return fallback;
  const parts = /^(\d{1,2}):(\d{2})$/.exec(text);
  const minute = parts === null ? Number.NaN : Number(parts[1]) * 60 + Number(parts[2]);
  if (minute <= 24 * 60 && Number(parts![2]) < 60) return minute;
  section.fail(`'${key}' is '${clipped(text)}': write a time of day in UTC as '02:30', in quotes`);
  return fallback;
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
