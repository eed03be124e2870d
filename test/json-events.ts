/** Events for tests of JSON, and the ways in which programs write them. */
import fc from 'fast-check';

export type JsonEvent = {
  readonly eventId: number;
  readonly channel: string;
  readonly provider: string;
  readonly host: string;
  readonly recordId: number;
  /** With six digits and `Z`. */
  readonly time: string;
  readonly data: readonly (readonly [name: string, value: string])[];
};

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('C:\\Windows\\System32\\cmd.exe', 'a\r\n\tb', '"quoted" \\\\ {[', '', 'Привет, ®', '-'),
);
// NULs at the end are padding everywhere; a name has no blanks, and is none of the header's or a shipper's.
const value = text.map(each => each.replace(/\0+$/, ''));
const name = fc.stringMatching(/^[a-z]{2,8}$/).map(each => `Field${each}`);
const word = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,20}$/);

export const jsonEvent: fc.Arbitrary<JsonEvent> = fc.record({
  eventId: fc.nat(65_535),
  channel: word,
  provider: word,
  host: word,
  recordId: fc.nat(),
  time: fc
    .integer({ min: 1_000_000_000, max: 4_000_000_000 })
    .map(seconds => new Date(seconds * 1000).toISOString().replace('.000Z', '.123456Z')),
  data: fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 6 }),
});

export type Writer = (event: JsonEvent) => unknown;

const fields = (event: JsonEvent): Record<string, string> => Object.fromEntries(event.data);

export const writers: Readonly<Record<string, Writer>> = {
  flat: event => ({
    ...fields(event),
    EventTime: event.time,
    EventID: event.eventId,
    Channel: event.channel,
    SourceName: event.provider,
    Hostname: event.host,
    RecordNumber: event.recordId,
    tags: ['a', 'b'],
  }),
  'flat with an object of data': event => ({
    TimeCreated: event.time,
    EventID: event.eventId,
    Channel: event.channel,
    Provider: event.provider,
    Computer: event.host,
    EventRecordID: event.recordId,
    EventData: fields(event),
  }),
  velociraptor: event => ({
    System: {
      Provider: { Name: event.provider, Guid: 'x' },
      EventID: { Value: event.eventId },
      TimeCreated: { SystemTime: Number(`${Math.floor(Date.parse(event.time) / 1000)}.123456`) },
      EventRecordID: event.recordId,
      Execution: { ProcessID: 4, ThreadID: 5 },
      Channel: event.channel,
      Computer: event.host,
      Security: {},
    },
    EventData: fields(event),
  }),
  ecs: event => ({
    '@timestamp': event.time,
    event: { code: String(event.eventId) },
    winlog: {
      channel: event.channel,
      provider_name: event.provider,
      computer_name: event.host,
      event_id: event.eventId,
      record_id: event.recordId,
      event_data: fields(event),
    },
  }),
  'ecs with points': event => ({
    ...Object.fromEntries(event.data.map(([key, each]) => [`winlog.event_data.${key}`, each])),
    '@timestamp': event.time,
    'winlog.channel': event.channel,
    'winlog.provider_name': event.provider,
    'winlog.computer_name': event.host,
    'winlog.event_id': String(event.eventId),
    'winlog.record_id': String(event.recordId),
  }),
  'a hit': event => ({ _index: 'x', _source: writers['ecs']!(event) }),
  'winlogbeat 6': event => ({
    '@timestamp': event.time,
    log_name: event.channel,
    source_name: event.provider,
    computer_name: event.host,
    event_id: event.eventId,
    record_number: String(event.recordId),
    event_data: fields(event),
  }),
  evtx_dump: event => ({
    Event: {
      '#attributes': { xmlns: 'x' },
      System: {
        Provider: { '#attributes': { Name: event.provider } },
        EventID: { '#attributes': { Qualifiers: 1 }, '#text': event.eventId },
        TimeCreated: { '#attributes': { SystemTime: event.time } },
        EventRecordID: event.recordId,
        Correlation: null,
        Channel: event.channel,
        Computer: event.host,
      },
      EventData: event.data.length === 0 ? null : fields(event),
    },
  }),
  'attributes apart': event => ({
    Event: {
      System: {
        Provider_attributes: { Name: event.provider },
        EventID: event.eventId,
        TimeCreated_attributes: { SystemTime: event.time },
        EventRecordID: event.recordId,
        Channel: event.channel,
        Computer: event.host,
      },
      EventData: fields(event),
    },
  }),
  'python-evtx': event => ({
    Event: {
      '@xmlns': 'x',
      System: {
        Provider: { '@Name': event.provider, '@Guid': '' },
        EventID: { '@Qualifiers': '', '#text': String(event.eventId) },
        TimeCreated: { '@SystemTime': event.time },
        EventRecordID: String(event.recordId),
        Channel: event.channel,
        Computer: event.host,
      },
      EventData: { Data: event.data.map(([key, each]) => ({ '@Name': key, '#text': each })) },
    },
  }),
  splunk: event => ({
    preview: false,
    result: {
      ...fields(event),
      _time: event.time,
      EventCode: String(event.eventId),
      LogName: event.channel,
      SourceName: event.provider,
      ComputerName: event.host,
      RecordNumber: String(event.recordId),
    },
  }),
};
