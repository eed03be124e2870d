/**
 * A row bound to the events of one structure: where its values lie, found once, and how they become the words of a fact.
 * Values that lie alone in a slot, as the type that logs usually have, are taken as bytes; for everything else the plain
 * reading is asked. The two must agree, and a test holds them to it.
 */
import { type LazyEvent, type Shape, soleSlot, ValueType } from '../../events/index.ts';
import {
  constant,
  factField,
  logonId,
  type PlainReading,
  type Reading,
  readPlainly,
  serviceLogons,
} from '../readings/index.ts';
import type { FactRow } from '../rows/index.ts';
import type { Layout } from './layout.ts';
import { Memo } from './memo.ts';
import {
  ABSENT,
  addressAt,
  guidAt,
  NOT_PLAIN,
  namesDomain,
  numberAt,
  sidAt,
  textAt,
  writeGuid,
} from './slot-values.ts';
import { type FactTexts, viewOf } from './texts.ts';

/** How a step's value is taken; numbers, because this is asked a dozen times an event. */
const Op = {
  plain: 0,
  constant: 1,
  derived: 2,
  text: 3,
  sid: 4,
  address: 5,
  account: 6,
  guid: 7,
  'logon-id': 8,
  pid: 9,
  code: 10,
  /** The first of several steps that writes anything. */
  first: 11,
} as const;

/** One role's value and where it is written. */
type Step = {
  readonly op: (typeof Op)[keyof typeof Op];
  readonly at: number;
  readonly reading: PlainReading;
  /** The slot to look into; of an account the user's. */
  readonly slot: number;
  /** Slot of an account's domain, -1 = none. */
  readonly domain: number;
  /** Of a constant: its bytes. */
  readonly bytes: DataView | null;
  /** Of a derived text. */
  readonly memo: Memo | null;
  readonly steps: readonly Step[];
};

const target = logonId('TargetLogonId');
const subject = logonId('SubjectLogonId');
const services = [undefined, ...serviceLogons.values()];
const serviceIds = [0, ...serviceLogons.keys()];

export class FactProgram {
  readonly layout: Layout;
  readonly #shape: Shape;
  readonly #roles: FactRow['roles'];
  /** One list, or where a role is of the effective logon, one for each that it may be. */
  readonly #steps: (readonly Step[] | undefined)[] = [];
  readonly #targetSlot: number;
  readonly #subjectSlot: number;
  readonly #isEffective: boolean;

  constructor({ roles }: FactRow, layout: Layout, shape: Shape) {
    this.layout = layout;
    this.#shape = shape;
    this.#roles = roles;
    this.#isEffective = Object.values(roles).some(({ kind }) => kind === 'effective');
    this.#targetSlot = slotOf(shape, 'TargetLogonId');
    this.#subjectSlot = slotOf(shape, 'SubjectLogonId');
  }

  /** Writes the values of `event` into `words` from `base` on, which must be zeros as far as the layout reaches. */
  write(event: LazyEvent, view: DataView, words: Uint32Array, base: number, texts: FactTexts): void {
    const choice = this.#isEffective ? this.#choose(event, view) : 0;
    const steps = this.#steps[choice] ?? this.#bind(choice);
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!;
      if (writeFast(step, event, view, words, base + step.at, texts) === NOT_PLAIN) {
        writePlainly(step, event, words, base + step.at, texts);
      }
    }
  }

  /** Which logon is the effective one: 1 for the target's, plus twice the number of a service logon. */
  #choose(event: LazyEvent, view: DataView): number {
    const own = this.#logon(event, view, this.#targetSlot, target);
    const id = own > 0 ? own : this.#logon(event, view, this.#subjectSlot, subject);
    const service = id >= 0x3e4 && id <= 0x3e7 ? serviceIds.indexOf(id) : 0;
    return (own > 0 ? 1 : 0) + 2 * Math.max(0, service);
  }

  #logon(event: LazyEvent, view: DataView, slot: number, reading: Reading): number {
    const id = slot < 0 ? NOT_PLAIN : numberAt(event, view, slot);
    return id === NOT_PLAIN ? ((readPlainly(event, reading) as number | undefined) ?? 0) : id;
  }

  #bind(choice: number): readonly Step[] {
    const service = services[choice >> 1];
    const steps = this.layout.slots.flatMap(({ role, at }) => {
      const reading = this.#roles[role]!;
      if (reading.kind !== 'effective') return stepOf(this.#shape, reading, at);
      if (service !== undefined && reading.service !== null) {
        // The last word of an account is the user, whose text may name the domain.
        const word = reading.subject.kind === 'account' ? at + 1 : at;
        return stepOf(this.#shape, constant(service[reading.service]), word);
      }
      return stepOf(this.#shape, (choice & 1) === 1 ? reading.target : reading.subject, at);
    });
    this.#steps[choice] = steps;
    return steps;
  }
}

function slotOf(shape: Shape, name: string): number {
  const field = factField(shape, name);
  return field === undefined ? -1 : soleSlot(field);
}

/** The step of a reading; none where the shape has not one of its fields. */
function stepOf(shape: Shape, reading: PlainReading, at: number): Step[] {
  const plain: Step = {
    op: Op.plain,
    at,
    reading,
    slot: -1,
    domain: -1,
    bytes: null,
    memo: null,
    steps: [],
  };
  const isThere = (name: string | null): name is string =>
    name !== null && factField(shape, name) !== undefined;
  switch (reading.kind) {
    case 'constant':
      return [{ ...plain, op: Op.constant, bytes: viewOf(Buffer.from(reading.text, 'utf16le')) }];
    case 'derived': {
      const slots = reading.from.filter(isThere).map(name => slotOf(shape, name));
      if (slots.length === 0) return [];
      return [slots.every(slot => slot >= 0) ? { ...plain, op: Op.derived, memo: new Memo(slots) } : plain];
    }
    case 'derived-pid':
      return reading.from.some(isThere) ? [plain] : [];
    case 'account': {
      const pairs = reading.pairs.filter(([, user]) => isThere(user));
      const steps = pairs.map(([domain, user]): Step => {
        const slot = slotOf(shape, user);
        const within = isThere(domain) ? slotOf(shape, domain) : -1;
        const isFast = slot >= 0 && (within >= 0 || !isThere(domain));
        return isFast ? { ...plain, op: Op.account, slot, domain: within } : plain;
      });
      return firstOf(plain, steps);
    }
    default: {
      const slots = reading.names.filter(isThere).map(name => slotOf(shape, name));
      const steps = slots.map((slot): Step => (slot < 0 ? plain : { ...plain, op: Op[reading.kind], slot }));
      return firstOf(plain, steps);
    }
  }
}

/** One step for several: `plain` where one of them is, since the order counts. */
function firstOf(plain: Step, steps: readonly Step[]): Step[] {
  if (steps.length <= 1) return [...steps];
  return [steps.some(({ op }) => op === Op.plain) ? plain : { ...plain, op: Op.first, steps }];
}

/** All bits set are no process and no code. */
const ABOVE_CODES = 0xffff_ffff;
const WRITTEN = 1;

/**
 * Writes a step's value from the bytes: `WRITTEN` or `ABSENT`; `NOT_PLAIN` where the plain reading must decide, and what was
 * written counts for nothing.
 */
function writeFast(
  step: Step,
  event: LazyEvent,
  view: DataView,
  words: Uint32Array,
  at: number,
  texts: FactTexts,
): number {
  let word: number;
  switch (step.op) {
    case Op.text:
      word = textAt(event, view, step.slot, texts);
      break;
    case Op.sid:
      word = sidAt(event, view, step.slot, texts);
      break;
    case Op.address:
      word = addressAt(event, view, step.slot, texts);
      break;
    case Op.account: {
      word = textAt(event, view, step.slot, texts);
      if (word <= 0) return word;
      const { domain } = step;
      const within =
        domain < 0 || namesDomain(event, view, step.slot) ? ABSENT : textAt(event, view, domain, texts);
      if (within === NOT_PLAIN) return NOT_PLAIN;
      words[at] = within;
      words[at + 1] = word;
      return WRITTEN;
    }
    case Op.guid: {
      const found = guidAt(event, view, step.slot, words, at);
      return found === null ? NOT_PLAIN : found ? WRITTEN : ABSENT;
    }
    case Op['logon-id']: {
      const id = numberAt(event, view, step.slot);
      if (id <= 0) return id === NOT_PLAIN ? NOT_PLAIN : ABSENT;
      words[at] = id >>> 0;
      words[at + 1] = (id - (id >>> 0)) / 0x1_0000_0000;
      return WRITTEN;
    }
    case Op.pid:
    case Op.code: {
      const id = numberAt(event, view, step.slot);
      if (id === NOT_PLAIN) return NOT_PLAIN;
      word = id < (step.op === Op.pid ? 1 : 0) || id >= ABOVE_CODES ? ABSENT : id + 1;
      break;
    }
    case Op.constant:
      word = texts.word(step.bytes!, ValueType.String, 0, step.bytes!.byteLength);
      break;
    case Op.derived: {
      const memo = step.memo!;
      if (!memo.isLast(event, view)) memo.text = readPlainly(event, step.reading) as string | undefined;
      const { bytes } = memo;
      word = bytes === null ? ABSENT : texts.word(bytes, ValueType.String, 0, bytes.byteLength);
      break;
    }
    case Op.first:
      for (const each of step.steps) {
        const done = writeFast(each, event, view, words, at, texts);
        if (done !== ABSENT) return done;
      }
      return ABSENT;
    default:
      return NOT_PLAIN;
  }
  if (word <= 0) return word;
  words[at] = word;
  return WRITTEN;
}

function writePlainly(step: Step, event: LazyEvent, words: Uint32Array, at: number, texts: FactTexts): void {
  const { reading } = step;
  const value = readPlainly(event, reading);
  if (reading.kind === 'guid') {
    words.fill(0, at, at + 4);
    if (value !== undefined) writeGuid(value as string, words, at);
  } else if (value === undefined) return;
  else if (typeof value === 'string') {
    words[reading.kind === 'account' ? at + 1 : at] = texts.textWord(value);
  } else if (reading.kind === 'logon-id') {
    words[at] = value >>> 0;
    words[at + 1] = (value - (value >>> 0)) / 0x1_0000_0000;
  } else words[at] = value + 1;
}
