/**
 * The objects of a bundle: each is made once, whoever speaks of it, and marked. `created` is the time of what an object
 * speaks of and not the time of writing: the producer may choose it, and the same object must not have two.
 */
import { formatMicros, NO_TIME } from '../../read/events/index.ts';
import { objectId, observableId, unnamedId } from './ids.ts';
import type { StixObject } from './types.ts';

const SPEC = '2.1';

/** TLP 2.0 is an extension of OASIS's; the id of its marking is fixed. */
const AMBER_STRICT = 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003';
const CLEAR = 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487';
const marking: StixObject = {
  type: 'marking-definition',
  spec_version: SPEC,
  id: AMBER_STRICT,
  created: '2022-10-01T00:00:00.000Z',
  name: 'TLP:AMBER+STRICT',
  extensions: {
    'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
      extension_type: 'property-extension',
      tlp_2_0: 'amber+strict',
    },
  },
};
const clear: StixObject = {
  ...marking,
  id: CLEAR,
  name: 'TLP:CLEAR',
  extensions: {
    'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
      extension_type: 'property-extension',
      tlp_2_0: 'clear',
    },
  },
};

/** The program, word for word as in the indicators of the pack that ships. */
const program: StixObject = {
  type: 'identity',
  spec_version: SPEC,
  id: 'identity--ca919a76-adb3-5ffe-a1a2-a9da16567767',
  created: '2026-11-24T00:00:00.000Z',
  modified: '2026-11-24T00:00:00.000Z',
  name: 'Huntaway',
  identity_class: 'organization',
  object_marking_refs: [CLEAR],
};

/** Where in which log a record stands: STIX has no place for it. */
export const RECORD_EXTENSION: string = objectId('extension-definition', 'a record of a log');
const recordExtension: StixObject = {
  type: 'extension-definition',
  spec_version: SPEC,
  id: RECORD_EXTENSION,
  created_by_ref: program.id,
  created: '2026-11-24T00:00:00.000Z',
  modified: '2026-11-24T00:00:00.000Z',
  name: 'Log record',
  description: 'Names the record of a log that an observation rests on, so that it can be read again.',
  schema:
    'Properties of observed-data: host (string, the host that wrote the record), channel (string), provider (string), event_id (integer), record_id (integer, optional), example (string, optional: what a person reads of it, secrets masked).',
  version: '1.0.0',
  extension_types: ['property-extension'],
  object_marking_refs: [CLEAR],
};

/** The objects of one bundle, each once, in the order in which they were first spoken of. */
export class Objects {
  readonly #byId = new Map<string, StixObject>();
  /** Who says it. */
  readonly producer: string;
  readonly program: string = program.id;

  constructor(operator: string | null) {
    for (const each of [clear, marking, program, recordExtension]) this.#byId.set(each.id, each);
    this.producer = operator === null ? program.id : this.#producer(operator);
  }

  get all(): readonly StixObject[] {
    return [...this.#byId.values()];
  }

  /**
   * Puts an object that speaks of something at a time (microseconds). Its id is that of all it says. What the producer did
   * not say but an advisory comes from the program.
   */
  put(
    type: string,
    micros: number,
    content: Readonly<Record<string, unknown>>,
    by: string = this.producer,
  ): string {
    const created = milliseconds(micros);
    const whole = { created_by_ref: by, created, modified: created, ...content };
    const id = objectId(type, whole);
    this.#byId.set(id, { type, spec_version: SPEC, id, ...whole, object_marking_refs: [AMBER_STRICT] });
    return id;
  }

  /** Puts an observable; `contributing` is what names it, `more` what else is known. */
  observe(
    type: string,
    contributing: Readonly<Record<string, unknown>>,
    more: Readonly<Record<string, unknown>> = {},
  ): string {
    return this.#observable(type, observableId(type, contributing), { ...contributing, ...more });
  }

  /** Puts an observable that no property of its own names: a process. `of` says of which event it is. */
  observeOne(type: string, of: string, content: Readonly<Record<string, unknown>>): string {
    return this.#observable(type, unnamedId(type, { of, content }), content);
  }

  #observable(type: string, id: string, content: Readonly<Record<string, unknown>>): string {
    if (!this.#byId.has(id)) {
      this.#byId.set(id, { type, spec_version: SPEC, id, ...content, object_marking_refs: [AMBER_STRICT] });
    }
    return id;
  }

  /** A name may be a person's, a team's or an organisation's: it is not guessed which. */
  #producer(name: string): string {
    return this.put('identity', day('2026-11-24'), { name, identity_class: 'unknown' }, program.id);
  }
}

/** Microseconds of the beginning of a day, `2026-11-24`. */
export function day(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) * 1000;
}

/** STIX writes years of four digits; a record that says another time says none. */
const FIRST = Date.UTC(1601, 0, 1) * 1000;
const LAST = Date.UTC(9999, 11, 31) * 1000;

export function isTime(micros: number): boolean {
  return micros !== NO_TIME && micros >= FIRST && micros <= LAST;
}

/**
 * A time as observables write it: without zeros at its end, which is how other producers write it, so that ids to which it
 * contributes are the same.
 */
export function shortTime(micros: number): string {
  return formatMicros(micros).replace(/\.?0{1,6}Z$/, 'Z');
}

/** `created` and `modified` have three digits. */
function milliseconds(micros: number): string {
  return `${formatMicros(micros).slice(0, -4)}Z`;
}
