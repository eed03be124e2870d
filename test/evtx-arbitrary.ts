/**
 * Arbitrary events for property tests, and what Windows would show of them. The expectation is computed from the
 * event as it was asked for, never from bytes, so that it knows nothing of writer or reader.
 */
import fc from 'fast-check';
import type {
  EventData,
  EvtxEvent,
  EvtxValue,
  ScalarValue,
  UserElement,
  ValuePart,
} from '../src/read/sources/evtx/write/index.ts';

/** UTF-16 text without NUL (a NUL ends text in EVTX); lone surrogates occur in real logs and stay. */
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.string({ maxLength, unit: 'grapheme-ascii' }) },
    {
      weight: 1,
      arbitrary: fc.string({ maxLength, unit: 'binary' }).map(value => value.replaceAll('\0', ' ')),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.integer({ min: 1, max: 0xffff }), { maxLength })
        .map(units => String.fromCharCode(...units)),
    },
  );

/** Any character of Windows-1252 but NUL and the five codes it does not assign. */
const ansi = fc.string({
  unit: fc.constantFrom(...'abcXYZ 09-_.\\é€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡ÿ×'),
  maxLength: 20,
});

const micros = fc.integer({ min: -600_000_000_000_000, max: 7_000_000_000_000_000 });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const guid = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map(bytes => Buffer.from(bytes).toString('hex').toUpperCase())
  .map(hex => `{${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}}`);
const sid = fc
  .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.array(uint32, { maxLength: 8 }))
  .map(([authority, parts]) => ['S-1', authority, ...parts].join('-'));

const integer = (
  type: 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'hex32',
  min: number,
  max: number,
) => fc.integer({ min, max }).map((value): ScalarValue => ({ type, value }));

const max64 = 2n ** 64n - 1n;

const scalar: fc.Arbitrary<ScalarValue> = fc.oneof(
  text(40).map((value): ScalarValue => ({ type: 'string', value })),
  ansi.map((value): ScalarValue => ({ type: 'ansi', value })),
  integer('int8', -0x80, 0x7f),
  integer('uint8', 0, 0xff),
  integer('int16', -0x8000, 0x7fff),
  integer('uint16', 0, 0xffff),
  integer('int32', -0x8000_0000, 0x7fff_ffff),
  integer('uint32', 0, 0xffff_ffff),
  integer('hex32', 0, 0xffff_ffff),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((value): ScalarValue => ({ type: 'int64', value })),
  fc.bigInt({ min: 0n, max: max64 }).map((value): ScalarValue => ({ type: 'uint64', value })),
  fc.bigInt({ min: 0n, max: max64 }).map((value): ScalarValue => ({ type: 'hex64', value })),
  fc.bigInt({ min: 0n, max: 0xffff_ffffn }).map((value): ScalarValue => ({ type: 'sizeT', value, bytes: 4 })),
  fc.bigInt({ min: 0n, max: max64 }).map((value): ScalarValue => ({ type: 'sizeT', value, bytes: 8 })),
  // Few binary digits: numbers that single precision holds exactly, so that their text is beyond dispute.
  fc
    .integer({ min: -16_000, max: 16_000 })
    .map((value): ScalarValue => ({ type: 'real32', value: value / 16 })),
  fc.double({ noNaN: true }).map((value): ScalarValue => ({ type: 'real64', value })),
  fc.boolean().map((value): ScalarValue => ({ type: 'bool', value })),
  fc.uint8Array({ maxLength: 40 }).map((value): ScalarValue => ({ type: 'binary', value })),
  guid.map((value): ScalarValue => ({ type: 'guid', value })),
  sid.map((value): ScalarValue => ({ type: 'sid', value })),
  micros.map((value): ScalarValue => ({ type: 'filetime', value })),
  micros.map((value): ScalarValue => ({ type: 'systime', value })),
);

/** Types that can stand in an array: those whose values say where they end. */
const inArrays: ReadonlySet<string> = new Set([
  'string',
  'ansi',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'hex32',
  'hex64',
  'real32',
  'real64',
  'bool',
  'guid',
  'filetime',
  'systime',
  'sid',
]);

const array = scalar
  .filter(value => inArrays.has(value.type))
  .chain(first =>
    fc.array(scalar, { maxLength: 20 }).map(
      (others): EvtxValue => ({
        type: 'array',
        of: [first, ...others.filter(other => other.type === first.type)],
      }),
    ),
  );

const strings = fc
  .array(text(12), { minLength: 1, maxLength: 6 })
  .map((values): EvtxValue => ({ type: 'array', of: values.map(value => ({ type: 'string', value })) }));

const part: fc.Arbitrary<ValuePart> = fc.oneof(
  scalar,
  text(10).map((value): ValuePart => ({ type: 'text', value })),
  text(10).map((value): ValuePart => ({ type: 'cdata', value })),
  fc.constantFrom('amp', 'lt', 'gt', 'quot', 'apos').map((value): ValuePart => ({ type: 'entity', value })),
  fc.integer({ min: 32, max: 0xd7ff }).map((value): ValuePart => ({ type: 'charRef', value })),
);

const joined = fc
  .array(part, { minLength: 1, maxLength: 5 })
  .map((parts): EvtxValue => ({ type: 'joined', parts }));

/** Values that stay what they are when they are written out as text: no arrays. */
const plainValue: fc.Arbitrary<EvtxValue> = fc.oneof(
  { weight: 3, arbitrary: text(60) },
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: joined },
);
const anyValue: fc.Arbitrary<EvtxValue> = fc.oneof(
  { weight: 8, arbitrary: plainValue },
  { weight: 1, arbitrary: strings },
  { weight: 1, arbitrary: array },
);

const name = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('Image', 'CommandLine', 'TargetUserName', 'param1', 'Source Name', 'Data'),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-zāö漢][\w -]{0,14}$/) },
);

/** Names of elements: no blanks in XML. */
const elementName = fc.stringMatching(/^[A-Z][A-Za-z0-9_.-]{0,11}$/);

function userElement(value: fc.Arbitrary<EvtxValue>): fc.Arbitrary<UserElement> {
  const leaf = fc.record({ name: elementName, value });
  const group = fc.record({
    name: elementName,
    children: fc.array(leaf, { minLength: 1, maxLength: 4 }),
  });
  return fc.record({
    name: elementName,
    attributes: fc.constantFrom({}, { xmlns: 'Event_NS' }),
    children: fc.array(fc.oneof(leaf, group), { minLength: 1, maxLength: 5 }),
  });
}

function data(value: fc.Arbitrary<EvtxValue>): fc.Arbitrary<EventData> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .array(fc.tuple(name, value), { minLength: 1, maxLength: 12 })
        .map((fields): EventData => ({ kind: 'named', fields })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(value, { minLength: 1, maxLength: 6 })
        .map((values): EventData => ({ kind: 'unnamed', values })),
    },
    { weight: 2, arbitrary: userElement(value).map((root): EventData => ({ kind: 'user', root })) },
    { weight: 1, arbitrary: fc.constant<EventData>({ kind: 'none' }) },
  );
}

function event(value: fc.Arbitrary<EvtxValue>): fc.Arbitrary<EvtxEvent> {
  return fc
    .record(
      {
        provider: fc.oneof(
          fc.constantFrom({ name: 'Application Error' }, { name: 'Provider-Ä' }),
          guid.map(id => ({ name: 'Microsoft-Windows-Sysmon', guid: id })),
          guid.map(id => ({ name: 'Service Control', guid: id, source: 'SCM' })),
        ),
        eventId: fc.integer({ min: 0, max: 0xffff }),
        qualifiers: fc.integer({ min: 0, max: 0xffff }),
        version: fc.integer({ min: 0, max: 0xff }),
        level: fc.integer({ min: 0, max: 5 }),
        task: fc.integer({ min: 0, max: 0xffff }),
        opcode: fc.integer({ min: 0, max: 0xff }),
        keywords: fc.bigInt({ min: 0n, max: max64 }),
        time: micros,
        recordId: fc.integer({ min: 0, max: 2 ** 40 }),
        activityId: guid,
        relatedActivityId: guid,
        processId: uint32,
        threadId: uint32,
        channel: fc.constantFrom('Security', 'System', 'Microsoft-Windows-Sysmon/Operational', 'Kanal-Ü'),
        computer: fc.constantFrom('dc01.example', 'fs01.example', 'WS-É'),
        userId: sid,
        data: data(value),
      },
      { requiredKeys: ['provider', 'eventId', 'time', 'channel', 'computer', 'data'] },
    )
    .map(made => made as EvtxEvent);
}

/** Any event the writer takes. */
export const anyEvent: fc.Arbitrary<EvtxEvent> = event(anyValue);
/** Any event whose values look the same when they are written out as text. */
export const plainEvent: fc.Arbitrary<EvtxEvent> = event(plainValue);

const time = (value: number): string => {
  const whole = Math.floor(value / 1000);
  return `${new Date(whole).toISOString().slice(0, -1)}${String(value - whole * 1000).padStart(3, '0')}Z`;
};

/** The text of one value as Windows shows it (times with six digits, as everywhere in Huntaway). */
export function expectedText(value: ScalarValue): string {
  switch (value.type) {
    case 'string':
    case 'ansi':
    case 'guid':
    case 'sid':
      return value.value;
    case 'hex32':
    case 'hex64':
    case 'sizeT':
      return `0x${value.value.toString(16)}`;
    case 'real32':
    case 'real64':
      return String(value.value);
    case 'binary':
      return Buffer.from(value.value).toString('hex').toUpperCase();
    case 'filetime':
      return time(Number(value.value));
    case 'systime':
      return time(Math.floor(Number(value.value) / 1000) * 1000);
    default:
      return String(value.value);
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The texts a field of this value has: none where it is absent, several for an array. */
export function expectedTexts(value: EvtxValue): readonly string[] {
  if (value === null) return [];
  if (typeof value === 'string') return [value];
  if (value.type === 'array') return value.of.map(expectedText);
  if (value.type !== 'joined') return [expectedText(value)];
  return [
    value.parts
      .map(one => {
        if (one.type === 'text' || one.type === 'cdata') return one.value;
        if (one.type === 'entity') return entities[one.value]!;
        return one.type === 'charRef' ? String.fromCharCode(one.value) : expectedText(one);
      })
      .join(''),
  ];
}

function userFields(element: UserElement, into: [string, EvtxValue][]): void {
  for (const child of element.children ?? []) {
    if (child.children !== undefined) userFields(child, into);
    else into.push([child.name, child.value ?? null]);
  }
}

/** Fields outside System by name (blanks removed), with their texts in document order. */
export function expectedFields(from: EventData): Map<string, readonly string[]> {
  const fields: [string, EvtxValue][] = [];
  let section = 'EventData';
  if (from.kind === 'named')
    for (const [key, value] of from.fields) fields.push([key.replaceAll(' ', ''), value]);
  else if (from.kind === 'unnamed') for (const value of from.values) fields.push(['Data', value]);
  else if (from.kind === 'user') {
    section = 'UserData';
    userFields(from.root, fields);
  }
  const texts = new Map<string, readonly string[]>();
  for (const [key, value] of fields) {
    const full = `${section}/${key}`;
    texts.set(full, [...(texts.get(full) ?? []), ...expectedTexts(value)]);
  }
  return texts;
}
