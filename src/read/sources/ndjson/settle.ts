/** From the keys of an object to the shape of a Windows event, once for all objects with the same keys. */
import { type ReadContext, Shape } from '../../events/index.ts';
import { KindFinder, type Texts } from '../windows/index.ts';
import { Draft } from './draft.ts';
import { layouts } from './layouts/index.ts';
import { leavesOf, type Member, membersOf } from './members.ts';
import type { Place, Settled } from './structure.ts';

/** Values in the shapes of all inputs of a reader, and the share of the rest that one input may take. */
const MAX_VALUES = 1_000_000;
const LEAST = 40_000;
const SHARE = 4;

/** Objects that hold an event as one of their members: a hit of Elasticsearch, a result of Splunk, a finding of Chainsaw. */
const wrappers = ['_source', 'result', 'document', 'data'];
const MAX_WRAPPERS = 3;

/** Splunk's key for an event's own text. */
const RAW = '_raw';

export class Settler {
  readonly #context: ReadContext;
  readonly #texts: Texts;
  #values = 0;
  #quota = 0;
  /** This input has used up its share. */
  #full = false;

  constructor(context: ReadContext, texts: Texts) {
    this.#context = context;
    this.#texts = texts;
  }

  /** An input begins. */
  begin(): void {
    this.#quota = Math.max(LEAST, Math.floor((MAX_VALUES - this.#values) / SHARE));
    this.#full = false;
  }

  /** What events that end at `place` are, which the place remembers. */
  settle(place: Place): Settled {
    // Not remembered: another input may have room for it.
    if (this.#full) return tooMany;
    const settled = this.#settled(place);
    if (settled !== tooMany) place.settled = settled;
    return settled;
  }

  #settled(place: Place): Settled {
    const { event, outside } = unwrap(membersOf(place));
    if (isAlert(event)) return refused('an alert about an event, and no event', -1);
    const layout = layouts.find(each => each.fits(event));
    const raw = event.find(({ key, members }) => key === RAW && members === null)?.slot ?? -1;
    if (layout === undefined) return refused(missing(false, false), raw);
    const draft = new Draft(place.slots);
    layout.draft(event, draft);
    for (const { path, slot } of outside) draft.other(path, slot);
    const hasId = draft.has('EventID');
    const hasLog = draft.has('Channel') || draft.has('Provider_Name');
    if (!hasId || !hasLog) return refused(missing(hasId, hasLog), raw);
    const { root, fields, slots, fixups } = draft.finish();
    if (this.#quota < slots || this.#values + slots > MAX_VALUES) {
      this.#full = true;
      return tooMany;
    }
    this.#quota -= slots;
    this.#values += slots;
    const shape = new Shape(this.#context.nextShapeId(), root, fields, slots);
    return { finder: new KindFinder(this.#context, this.#texts, shape, -1), fixups, refusal: '', raw };
  }
}

const tooMany: Settled = refused('too many different structures of events', -1);

function refused(refusal: string, raw: number): Settled {
  return { finder: null, refusal, raw };
}

function missing(hasId: boolean, hasLog: boolean): string {
  const lacks = [hasId ? '' : 'no event id', hasLog ? '' : 'no channel or provider'].filter(
    part => part !== '',
  );
  return `no Windows event: it has ${lacks.join(' and ')} under any known name`;
}

/** True if an object that begins with these keys looks like a Windows event. */
export function looksLikeEvent(place: Place): boolean {
  const { event } = unwrap(membersOf(place));
  return !isAlert(event) && layouts.some(layout => layout.fits(event));
}

/**
 * True for what a detection says of an event, with a copy of it, as our own findings do: a hunt over a folder that holds the
 * results of another would count each of them as one more event.
 */
function isAlert(members: readonly Member[]): boolean {
  const rule = members.find(({ key }) => key === 'rule')?.members ?? [];
  return ['id', 'name'].every(wanted => rule.some(({ key }) => key === wanted));
}

/** The members of the event itself, and what stands around it. */
function unwrap(members: readonly Member[]): {
  readonly event: readonly Member[];
  readonly outside: ReturnType<typeof leavesOf>;
} {
  let event = members;
  const outside: ReturnType<typeof leavesOf> = [];
  for (let i = 0; i < MAX_WRAPPERS && !layouts.some(layout => layout.fits(event)); i++) {
    const wrapper = event.find(({ key, members: inner }) => inner !== null && wrappers.includes(key));
    if (wrapper === undefined) break;
    outside.push(...leavesOf(event.filter(member => member !== wrapper)));
    event = wrapper.members!;
  }
  return { event, outside };
}
