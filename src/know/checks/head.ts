/** Checks of what a document says of itself: title, id, level, status, dates, tags. */
import type { Place, RuleDocument, Warning } from '../sigma/index.ts';
import type { DocumentCheck, Remark } from './problem.ts';
import { placeOf, wordOf } from './problem.ts';

/** What parsing found odd but could read. */
export function warningsOf(document: RuleDocument): readonly Warning[] {
  return 'warnings' in document ? (document.warnings as readonly Warning[]) : [];
}

/** True where the document has no such key; one that could not be read has a warning of its own. */
function lacks(document: RuleDocument, key: 'title' | 'level' | 'status'): boolean {
  if (document[key] !== null && document[key].trim() !== '') return false;
  return !warningsOf(document).some(({ message }) => message.startsWith(`'${key}' `));
}

/** A filter finds nothing: it goes with the rules that it narrows. */
function hasFindings({ kind }: RuleDocument): boolean {
  return kind === 'rule' || kind === 'correlation';
}

export const odd: DocumentCheck = {
  code: 'odd',
  severity: 'warning',
  about: 'The rule loads, but something in it is not as Sigma has it',
  run: document => warningsOf(document),
};

export const titleMissing: DocumentCheck = {
  code: 'title-missing',
  severity: 'warning',
  about: 'A rule should have a title: findings are told by it',
  *run(document) {
    if (lacks(document, 'title'))
      yield { message: `the ${wordOf(document)} has no 'title'`, place: document.place };
  },
};

export const idMissing: DocumentCheck = {
  code: 'id-missing',
  severity: 'warning',
  about: 'A rule should have an id: without one, it is known by a hash that changes with every edit',
  *run(document) {
    if (document.id !== null) return;
    yield {
      message: `the ${wordOf(document)} has no 'id': give it a UUID of version 4`,
      place: document.place,
    };
  },
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const idMalformed: DocumentCheck = {
  code: 'id-malformed',
  severity: 'warning',
  about: 'The id of a rule should be a UUID, so that it is the same rule everywhere',
  *run(document, written) {
    if (document.id === null || uuid.test(document.id)) return;
    yield {
      message: `the id ${shown(document.id)} is not a UUID (8-4-4-4-12 hexadecimal digits)`,
      place: placeOf(document, written, 'id'),
    };
  },
};

export const levelMissing: DocumentCheck = {
  code: 'level-missing',
  severity: 'warning',
  about: 'A rule should have a level: without one it counts as informational',
  *run(document) {
    if (!hasFindings(document) || !lacks(document, 'level')) return;
    yield {
      message: `the ${wordOf(document)} has no 'level': it counts as informational`,
      place: document.place,
    };
  },
};

export const statusMissing: DocumentCheck = {
  code: 'status-missing',
  severity: 'warning',
  about: 'A rule should have a status, by which people choose what they run',
  *run(document) {
    if (!hasFindings(document) || !lacks(document, 'status')) return;
    yield { message: `the ${wordOf(document)} has no 'status'`, place: document.place };
  },
};

/** ISO 8601, or the form with slashes that Sigma had before version 2. */
const date = /^(\d{4})([-/])(\d{2})\2(\d{2})$/;

/** The day as a number that sorts; null where it is none. */
function dayOf(text: string): number | null {
  const parts = date.exec(text.trim());
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  const time = new Date(Date.UTC(year, month - 1, day));
  const isDay = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  return isDay && year >= 1000 ? time.getTime() : null;
}

export const dateMalformed: DocumentCheck = {
  code: 'date-malformed',
  severity: 'warning',
  about: "A rule's date and modified should be days as ISO 8601 writes them, in that order",
  *run(document, written) {
    const file = written(document);
    const days = new Map<string, number>();
    for (const key of ['date', 'modified'] as const) {
      for (const { text, place } of file?.texts(key) ?? ofCompiled(document, key)) {
        const day = dayOf(text);
        if (day !== null) days.set(key, day);
        else yield { message: `'${key}' is ${shown(text)}: write a day as 2026-11-24`, place };
      }
    }
    const [first, last] = [days.get('date'), days.get('modified')];
    if (first !== undefined && last !== undefined && last < first) {
      yield { message: "'modified' lies before 'date'", place: placeOf(document, written, 'modified') };
    }
  },
};

/** Compiled rules keep the later of the two dates. */
function ofCompiled(document: RuleDocument, key: string): { text: string; place: Place }[] {
  if (key !== 'modified' || document.kind === 'rejection' || document.version === null) return [];
  return [{ text: document.version, place: document.place }];
}

/** Of ATT&CK: enterprise up to version 19, mobile and ICS. */
const tactics: ReadonlySet<string> = new Set([
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'defense-evasion',
  'stealth',
  'defense-impairment',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
  'network-effects',
  'remote-service-effects',
  'evasion',
  'inhibit-response-function',
  'impair-process-control',
]);
/** Techniques, groups, software, mitigations, data sources and components, campaigns, analytics, strategies. */
const attackId = /^(?:t\d{4}(?:\.\d{3})?|[gsmc]\d{4}|(?:ds|dc|an|det)\d{4})$/;
const namespaced = /^[a-z0-9_-]+\.[a-z0-9._-]+$/;

/** What is wrong with a tag, else null. */
function troubleOf(tag: string): string | null {
  if (!namespaced.test(tag)) {
    const lower = tag.toLowerCase();
    if (namespaced.test(lower)) return `the tag ${shown(tag)} should be in lower case: ${lower}`;
    return `the tag ${shown(tag)} is not a namespace and a name joined by a dot, such as attack.t1003.001`;
  }
  if (!tag.startsWith('attack.')) return null;
  const name = tag.slice('attack.'.length);
  if (attackId.test(name) || tactics.has(name)) return null;
  const dashed = name.replaceAll('_', '-');
  if (tactics.has(dashed)) return `the tag ${tag} is written attack.${dashed} since version 2 of Sigma`;
  if (/^t\d/.test(name)) {
    return `the tag ${shown(tag)} is no ATT&CK technique: four digits, then for a sub-technique a dot and three`;
  }
  return `the tag ${shown(tag)} is neither an ATT&CK tactic nor the id of a technique, group or software`;
}

export const tagMalformed: DocumentCheck = {
  code: 'tag-malformed',
  severity: 'warning',
  about: 'Tags should be a namespace and a name; those of ATT&CK should be its tactics and ids',
  *run(document, written) {
    if (!('tags' in document)) return;
    const places = written(document)?.texts('tags') ?? [];
    for (const tag of document.tags as readonly string[]) {
      const message = troubleOf(tag);
      if (message === null) continue;
      const place = places.find(({ text }) => text === tag)?.place ?? document.place;
      yield { message, place } satisfies Remark;
    }
  },
};

/** `text` in quotes, cut where it is long. */
function shown(text: string): string {
  return `'${text.length > 60 ? `${text.slice(0, 57)}...` : text}'`;
}
