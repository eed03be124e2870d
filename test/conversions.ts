/**
 * Events of a reader in the forms that other programs write them in, one small function a form. Each writes what its program
 * would: what that leaves out, cuts short or says otherwise is lost here too, and is said beside the function.
 */
import { type LazyEvent, refTexts, type ValueRef, type XmlElement } from '../src/read/events/index.ts';
import { eventXml } from './as-xml.ts';

/** An event taken apart: header by the names that rules use, data as it stands. Texts; null where a value is absent. */
export type WindowsEvent = {
  readonly micros: number;
  readonly header: ReadonlyMap<string, string>;
  /** `Data` elements of EventData and what else stands there; a name of null is no name. */
  readonly data: readonly Value[];
  /** The name that EventData itself has, if any. */
  readonly dataName: string | null;
  /** Leaves of UserData by their element, and the element around them. */
  readonly user: { readonly name: string; readonly values: readonly Value[] } | null;
  /** What else the event has: an error of its provider. */
  readonly others: readonly { readonly name: string; readonly values: readonly Value[] }[];
};

type Value = { readonly name: string | null; readonly text: string | null };

export function windowsEvent(event: LazyEvent): WindowsEvent {
  const header = new Map<string, string>();
  for (const { name, section, values } of event.shape.fields) {
    const text = section === 'System' ? textsOf(event, values)[0] : undefined;
    if (text !== undefined && !name.includes('xmlns')) header.set(name, text);
  }
  const data: Value[] = [];
  let dataName: string | null = null;
  let user: WindowsEvent['user'] = null;
  const others: WindowsEvent['others'][number][] = [];
  for (const part of event.shape.root.children) {
    if (part.name === 'EventData') {
      dataName = nameOf(event, part);
      data.push(...part.children.flatMap(child => dataOf(event, child)));
    } else if (part.name === 'UserData') {
      const [only] = part.children;
      user = { name: only?.name ?? '', values: part.children.flatMap(child => leavesOf(event, child)) };
    } else if (part.name !== 'System') {
      others.push({ name: part.name, values: part.children.flatMap(child => leavesOf(event, child)) });
    }
  }
  return { micros: event.micros, header, data, dataName, user, others };
}

function textsOf(event: LazyEvent, values: readonly ValueRef[]): readonly string[] {
  return values.flatMap(value => refTexts(event, value));
}

/** A value for each text of the element, one that is absent where it has none. */
function valuesOf(event: LazyEvent, name: string | null, values: readonly ValueRef[]): Value[] {
  const texts = textsOf(event, values);
  return texts.length === 0 ? [{ name, text: null }] : texts.map(text => ({ name, text }));
}

function dataOf(event: LazyEvent, element: XmlElement): Value[] {
  if (element.name !== 'Data') return leavesOf(event, element);
  return valuesOf(event, nameOf(event, element), element.text);
}

/** The `Name` of an element without blanks; null where it has none. */
function nameOf(event: LazyEvent, element: XmlElement): string | null {
  const named = element.attributes.find(({ name }) => name === 'Name');
  const name = named === undefined ? '' : (textsOf(event, [named.value])[0] ?? '').replaceAll(/\s+/g, '');
  return name === '' ? null : name;
}

function leavesOf(event: LazyEvent, element: XmlElement): Value[] {
  const name = element.name.slice(element.name.indexOf(':') + 1);
  if (element.children.length > 0) return element.children.flatMap(child => leavesOf(event, child));
  return valuesOf(event, name, element.text);
}

type Json = { [name: string]: unknown };

/** Adds a value under a name; several become a list, one that is absent is left out. */
function add(to: Json, name: string, text: string | null): void {
  if (text === null) return;
  const known = to[name];
  to[name] = known === undefined ? text : Array.isArray(known) ? [...known, text] : [known, text];
}

/** A member for each of `names` that the header has. */
function members(
  { header }: WindowsEvent,
  names: Readonly<Record<string, string>>,
  write: (text: string) => unknown = text => text,
): Json {
  return Object.fromEntries(
    Object.entries(names).flatMap(([key, name]) => {
      const text = header.get(name);
      return text === undefined ? [] : [[key, write(text)]];
    }),
  );
}

/** UTC with `digits` of the second, cut off as shippers do. */
function isoTime(micros: number, digits = 6): string {
  const seconds = Math.floor(micros / 1e6);
  const fraction = String(micros - seconds * 1e6).padStart(6, '0');
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return digits === 0 ? whole : `${whole}.${fraction.padEnd(digits, '0').slice(0, digits)}`;
}

const nothing: readonly Value[] = [];
const valuesIn = ({ data, user }: WindowsEvent): readonly Value[] => [...data, ...(user?.values ?? nothing)];

/** What a program that reads through Get-WinEvent writes, as of the later Security-Datasets; the time in full. */
export function flat(event: WindowsEvent): Json {
  const record: Json = {
    ...members(event, {
      SourceName: 'Provider_Name',
      ProviderGuid: 'Provider_Guid',
      Level: 'Level',
      Keywords: 'Keywords',
      Channel: 'Channel',
      Hostname: 'Computer',
      Task: 'Task',
      Version: 'Version',
      RecordNumber: 'EventRecordID',
      UserID: 'Security_UserID',
      ExecutionProcessID: 'Execution_ProcessID',
      ExecutionThreadID: 'Execution_ThreadID',
    }),
    TimeCreated: `${isoTime(event.micros, 7)}Z`,
    '@timestamp': `${isoTime(event.micros, 3)}Z`,
    EventID: Number(event.header.get('EventID')),
  };
  const taken = new Set([...Object.keys(record), ...headerNames]);
  for (const { name, text } of valuesIn(event)) {
    if (!taken.has(name ?? 'Data')) add(record, name ?? 'Data', text);
  }
  return record;
}

/** Hours that the clock of NXLog's host is behind UTC. */
const BEHIND = 4;

/**
 * What NXLog's im_msvistalog writes and Logstash passes on: the host's clock, to the second; keywords as a signed number; its
 * own severity; the name of an account. It leaves out values without names.
 */
export function nxlog(event: WindowsEvent): Json {
  const own = valuesIn(event).some(({ name }) => name === 'EventType');
  const local = (seconds: number): string =>
    isoTime(event.micros + (seconds - BEHIND * 3600) * 1e6, 0).replace('T', ' ');
  const record: Json = {
    ...members(event, {
      SourceName: 'Provider_Name',
      ProviderGuid: 'Provider_Guid',
      Channel: 'Channel',
      Hostname: 'Computer',
      UserID: 'Security_UserID',
    }),
    ...members(
      event,
      {
        EventID: 'EventID',
        Version: 'Version',
        Task: 'Task',
        OpcodeValue: 'Opcode',
        RecordNumber: 'EventRecordID',
        ExecutionProcessID: 'Execution_ProcessID',
        ThreadID: 'Execution_ThreadID',
      },
      Number,
    ),
    [own ? 'EventTypeOrignal' : 'EventType']: 'INFO',
    SeverityValue: 2,
    Severity: 'INFO',
    Opcode: 'Info',
    EventTime: local(0),
    EventReceivedTime: local(3),
    '@timestamp': `${isoTime(event.micros + 3_200_000, 3)}Z`,
    '@version': '1',
    SourceModuleName: 'eventlog',
    SourceModuleType: 'im_msvistalog',
    host: 'wec.example',
    port: 60_122,
    tags: ['recorded'],
  };
  if (record['UserID'] !== undefined) {
    Object.assign(record, { AccountName: 'SYSTEM', AccountType: 'User', Domain: 'NT AUTHORITY' });
  }
  const taken = new Set([...Object.keys(record), ...headerNames]);
  taken.delete('EventType');
  for (const { name, text } of valuesIn(event)) {
    if (name !== null && !taken.has(name)) add(record, name, text);
  }
  const keywords = event.header.get('Keywords');
  if (keywords === undefined) return record;
  // A number that JavaScript can't hold: see `line`.
  record['Keywords'] = new Digits(BigInt.asIntN(64, BigInt(keywords)).toString());
  return record;
}

/** Names that the header has in flat records: a value of the event that is called so has no place there. */
const headerNames: ReadonlySet<string> = new Set([
  'EventID',
  'Channel',
  'Keywords',
  'Level',
  'Task',
  'Version',
  'Opcode',
  'Message',
  'Hostname',
  'SourceName',
  'UserID',
  'ThreadID',
]);

/** What Winlogbeat writes: milliseconds; names in place of numbers; no empty values; line feeds for line ends. */
export function winlogbeat(event: WindowsEvent): Json {
  const { data, user, micros } = event;
  const header = members(event, {
    channel: 'Channel',
    provider_name: 'Provider_Name',
    provider_guid: 'Provider_Guid',
    event_id: 'EventID',
    computer_name: 'Computer',
    activity_id: 'Correlation_ActivityID',
    related_activity_id: 'Correlation_RelatedActivityID',
  });
  const version = members(event, { version: 'Version', record_id: 'EventRecordID' }, Number);
  const [pid] = Object.values(members(event, { pid: 'Execution_ProcessID' }, Number));
  const [thread] = Object.values(members(event, { id: 'Execution_ThreadID' }, Number));
  const identifier = event.header.get('Security_UserID');
  return {
    '@timestamp': `${isoTime(micros, 3)}Z`,
    '@metadata': { beat: 'winlogbeat', type: '_doc', version: '8.15.0' },
    agent: { type: 'winlogbeat', hostname: 'wec', id: '4b1f', name: 'wec' },
    ecs: { version: '8.0.0' },
    event: {
      code: event.header.get('EventID'),
      kind: 'event',
      provider: event.header.get('Provider_Name'),
      created: `${isoTime(micros + 2_000_000, 3)}Z`,
    },
    host: { name: event.header.get('Computer') },
    log: { level: 'information' },
    winlog: {
      ...header,
      ...version,
      api: 'wineventlog',
      opcode: 'Info',
      keywords: [keywordsNames[event.header.get('Keywords') ?? ''] ?? event.header.get('Keywords')],
      process: { pid, thread: { id: thread } },
      ...(identifier === undefined ? {} : { user: { identifier, type: 'User' } }),
      ...(data.length === 0 ? {} : { event_data: beatPairs(data) }),
      ...(user === null ? {} : { user_data: { ...beatPairs(user.values), xml_name: user.name } }),
    },
  };
}

const keywordsNames: Readonly<Record<string, string>> = {
  '0x8020000000000000': 'Audit Success',
  '0x8010000000000000': 'Audit Failure',
};

function beatPairs(values: readonly Value[]): Json {
  const pairs: Json = {};
  for (const [i, { name, text }] of values.entries()) {
    const key = name ?? `param${i + 1}`;
    if (text !== null && text !== '') pairs[key] ??= text.replaceAll('\r\n', '\n');
  }
  return pairs;
}

/** The same with a key for each value: `winlog.event_data.Image`. */
export function winlogbeatDotted(event: WindowsEvent): Json {
  const flattened: Json = {};
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) flattened[path] = value;
    else for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`);
  };
  walk(winlogbeat(event), '');
  return flattened;
}

/** What evtx_dump writes: attributes below `#attributes`, GUIDs without braces, nothing as null. */
export function evtxDump(event: WindowsEvent): Json {
  const { data, dataName, user, others, micros } = event;
  const [text, number] = [
    members,
    (names: Readonly<Record<string, string>>) => members(event, names, Number),
  ];
  const attributes = (names: Readonly<Record<string, string>>): Json | null => {
    const found = text(event, names, bare);
    return Object.keys(found).length === 0 ? null : { '#attributes': found };
  };
  const eventId = Number(event.header.get('EventID'));
  const qualifiers = number({ Qualifiers: 'EventID_Qualifiers' });
  return {
    Event: {
      '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
      System: {
        Provider: attributes({ Name: 'Provider_Name', Guid: 'Provider_Guid' }),
        EventID:
          Object.keys(qualifiers).length === 0 ? eventId : { '#attributes': qualifiers, '#text': eventId },
        ...number({ Version: 'Version', Level: 'Level', Task: 'Task', Opcode: 'Opcode' }),
        ...text(event, { Keywords: 'Keywords' }),
        TimeCreated: { '#attributes': { SystemTime: `${isoTime(micros)}Z` } },
        ...number({ EventRecordID: 'EventRecordID' }),
        Correlation: attributes({ ActivityID: 'Correlation_ActivityID' }),
        Execution: {
          '#attributes': number({ ProcessID: 'Execution_ProcessID', ThreadID: 'Execution_ThreadID' }),
        },
        ...text(event, { Channel: 'Channel', Computer: 'Computer' }),
        Security: attributes({ UserID: 'Security_UserID' }),
      },
      ...(data.length === 0 && dataName === null ? {} : { EventData: dumped(data, dataName) }),
      ...(user === null ? {} : { UserData: { [user.name]: dumped(user.values, null) } }),
      ...Object.fromEntries(others.map(({ name, values }) => [name, dumped(values, null)])),
    },
  };
}

/** A GUID without its braces; anything else as it is. */
function bare(text: string): string {
  return /^\{[0-9A-Fa-f-]{36}\}$/.test(text) ? text.slice(1, -1) : text;
}

function dumped(values: readonly Value[], own: string | null): Json {
  const record: Json = own === null ? {} : { '#attributes': { Name: own } };
  const unnamed = values.filter(({ name }) => name === null).map(({ text }) => text);
  if (unnamed.length > 0) record['Data'] = { '#text': unnamed.length === 1 ? unnamed[0] : unnamed };
  for (const { name, text } of values) {
    if (name === null) continue;
    let key = name;
    for (let i = 1; key in record; i++) key = `${name}_${i}`;
    record[key] = text === null ? null : bare(text);
  }
  return record;
}

/** What Splunk exports of fields that it took out of event XML, the attributes of the header among them. */
export function splunk(event: WindowsEvent): Json {
  const result: Json = {
    _time: `${isoTime(event.micros, 3)}+00:00`,
    ...members(event, {
      EventID: 'EventID',
      EventCode: 'EventID',
      Channel: 'Channel',
      Name: 'Provider_Name',
      Guid: 'Provider_Guid',
      Computer: 'Computer',
      EventRecordID: 'EventRecordID',
      Keywords: 'Keywords',
      Level: 'Level',
      Opcode: 'Opcode',
      Task: 'Task',
      Version: 'Version',
      ProcessID: 'Execution_ProcessID',
      ThreadID: 'Execution_ThreadID',
      UserID: 'Security_UserID',
    }),
    SystemTime: `${isoTime(event.micros, 7)}Z`,
    host: 'indexer',
    index: 'wineventlog',
    linecount: '1',
    ...members(event, { source: 'Channel' }, channel => `XmlWinEventLog:${channel}`),
    sourcetype: 'XmlWinEventLog',
    splunk_server: 'idx1',
  };
  const taken = new Set([...Object.keys(result), ...headerNames]);
  for (const { name, text } of valuesIn(event)) {
    if (!taken.has(name ?? 'Data')) add(result, name ?? 'Data', text);
  }
  return { preview: false, offset: 0, result };
}

/** What Splunk exports of events that it kept as XML, without fields. */
export function splunkRaw(event: LazyEvent): Json {
  return {
    preview: false,
    result: {
      _raw: eventXml(event),
      _time: `${isoTime(event.micros, 0)}.000+00:00`,
      host: 'indexer',
      source: 'XmlWinEventLog:Any',
      sourcetype: 'XmlWinEventLog',
      EventCode: '0',
    },
  };
}

/** A number that JSON can write and JavaScript can't hold. */
class Digits {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): string {
    return `\0${this.text}\0`;
  }
}

/** A record as a line. */
export function line(record: Json): string {
  return `${JSON.stringify(record).replaceAll(/"\\u0000(-?\d+)\\u0000"/g, '$1')}\n`;
}
