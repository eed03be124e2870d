/**
 * What an event was read from makes no difference: events of real logs are written in each form that other programs give
 * them, and every form is hunted. Rules, time, host, channel, record id and all that a finding says must be those of EVTX.
 *
 * What a form can't say is excepted by name below: something that is done to both sides before they are compared, or a rule
 * that asks for what was lost. An exception that nothing needs any more fails.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Rule } from '../src/know/sigma/index.ts';
import { parseRules } from '../src/know/sigma/parser.ts';
import { createMatcher } from '../src/match/index.ts';
import { type LazyEvent, parseTime, ReadContext } from '../src/read/events/index.ts';
import { sourceOf, sources } from '../src/read/sources/index.ts';
import { ByteWriter, createEventWriter, createFindingWriter, type EventLayout } from '../src/tell/index.ts';
import { eventXml } from './as-xml.ts';
import {
  evtxDump,
  flat,
  line,
  nxlog,
  splunk,
  splunkRaw,
  type WindowsEvent,
  windowsEvent,
  winlogbeat,
  winlogbeatDotted,
} from './conversions.ts';
import { filesBelow, readEvents, sharedRules } from './logs.ts';
import { haveShared, sharedData } from './shared.ts';
import { withFile } from './text-collect.ts';

/** What a finding says of its event: its JSON but for rule, message and place. */
type Said = {
  process?: { readonly pid?: number };
  winlog: { event_data: Record<string, string | readonly string[]>; [name: string]: unknown };
  [name: string]: unknown;
};

type Seen = { readonly hits: readonly number[]; readonly micros: number; readonly said: Said };

/** Done to what is said by either side. */
type Exception = (said: Said) => Said;

type Form = {
  readonly write: (event: LazyEvent) => string;
  readonly frame?: (records: string) => string;
  /** What is left of the event's time. */
  readonly time?: (seen: Seen) => number;
  readonly except: Readonly<Record<string, Exception>>;
  /** Rules that ask for what the form lost, and find more or less for it: by title. */
  readonly rules?: readonly string[];
};

type Values = Said['winlog']['event_data'];

/** Changes the event data. */
function inData(change: (data: Values) => Values): Exception {
  return said => ({ ...said, winlog: { ...said.winlog, event_data: change(said.winlog.event_data) } });
}

/** Changes each text of the event data; one that is undefined is none. */
function inTexts(change: (text: string) => string | undefined): Exception {
  return inData(data =>
    Object.fromEntries(
      Object.entries(data).flatMap(([name, value]) => {
        const texts = [value].flat().flatMap(text => change(text) ?? []);
        return texts.length === 0 ? [] : [[name, texts.length === 1 ? texts[0]! : texts]];
      }),
    ),
  );
}

function without(...names: readonly string[]): Exception {
  return inData(data => Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name))));
}

/** Neither the name of EventData itself nor an error of the provider in its place. */
const onlyData: Exception = said => {
  const failed = said.winlog.event_data['EventPayload'] !== undefined;
  return without('EventData_Name', ...(failed ? ['DataItemName', 'ErrorCode', 'EventPayload'] : []))(said);
};

const noEmpty = inTexts(text => (text === '' ? undefined : text));
const lineFeeds = inTexts(text => text.replaceAll('\r\n', '\n'));

/** `param1` … may be the name of a value or stand for none: both are `Data`. */
const params = inData(data => {
  const isParam = (name: string): boolean => /^param\d+$/.test(name);
  const named = Object.entries(data).filter(([name]) => isParam(name));
  if (named.length === 0) return data;
  const values = named.flatMap(([, value]) => value);
  const rest = Object.entries(data).filter(([name]) => !isParam(name) && name !== 'Data');
  return Object.fromEntries([...rest, ['Data', values.length === 1 ? values[0]! : values]]);
});

/** GUIDs without braces, wherever they stand. */
const bareGuids: Exception = said =>
  JSON.parse(JSON.stringify(said).replaceAll(/"\{([0-9A-Fa-f-]{36})\}"/g, '"$1"')) as Said;

/** Where the process is named by ProcessID, which is the header's in Splunk, there is no process id. */
const withoutPid: Exception = said => {
  if (said.winlog.event_data['ProcessID'] === undefined || said.process === undefined) return said;
  const { pid, ...process } = said.process;
  return { ...said, process };
};

const milliseconds = ({ micros }: Seen): number => Math.floor(micros / 1000) * 1000;

/** Sysmon says its time among the data as well, to the millisecond. */
function secondsOrUtcTime({ micros, said }: Seen): number {
  const { UtcTime } = said.winlog.event_data;
  const own = typeof UtcTime === 'string' ? parseTime(`${UtcTime.replace(' ', 'T')}Z`) : undefined;
  return own ?? Math.floor(micros / 1e6) * 1e6;
}

const asLine =
  (write: (event: WindowsEvent) => Record<string, unknown>) =>
  (event: LazyEvent): string =>
    line(write(windowsEvent(event)));

function dumped(layout: EventLayout): Form['write'] {
  const writer = createEventWriter(layout, { reveal: true });
  return event => {
    const out = new ByteWriter();
    writer.write(out, event);
    return Buffer.from(out.take()).toString('utf8');
  };
}

/** What Winlogbeat does to every event. */
const beats: Pick<Form, 'time' | 'except' | 'rules'> = {
  time: milliseconds,
  except: {
    'line ends are line feeds': lineFeeds,
    'no empty values': noEmpty,
    'Data is param1 …': params,
    'nothing but data': onlyData,
  },
  // They ask for a StartModule that is empty, or absent.
  rules: ['HackTool - CACTUSTORCH Remote Thread Creation', 'Password Dumper Remote Thread in LSASS'],
};

/** Asks for SourceName, which is the provider's name in flat records. */
const sourceName = 'RedSun - TieringEngineService.exe Detected as EICAR Test File';
const absentIsEmpty = { 'what is absent is an empty element': noEmpty };

const forms: Readonly<Record<string, Form>> = {
  'flat JSON': {
    write: asLine(flat),
    except: {
      'names of the header': without('Channel', 'Message', 'SourceName', 'Version'),
      'nothing but data': onlyData,
    },
    rules: [sourceName],
  },
  NXLog: {
    write: asLine(nxlog),
    time: secondsOrUtcTime,
    except: {
      'names of the header': without(
        'AccountName',
        'Category',
        'Channel',
        'Message',
        'SourceName',
        'Version',
      ),
      'nothing but data': onlyData,
      // Where an event has no data, what was rendered of it is shown.
      'no values without names': without('Data', 'Opcode'),
    },
    rules: [
      sourceName,
      'Directory Database Created Outside Its Folder',
      'Dump Ntds.dit To Suspicious Location',
      'MSI Installation From Web',
      'MSSQL Server Failed Logon From External Network',
      'MSSQL XPCmdshell Option Change',
      'MSSQL XPCmdshell Suspicious Execution',
      'Ntdsutil Abuse',
    ],
  },
  Winlogbeat: { write: asLine(winlogbeat), ...beats },
  'Winlogbeat with points in its keys': { write: asLine(winlogbeatDotted), ...beats },
  evtx_dump: { write: asLine(evtxDump), except: { 'GUIDs have no braces': bareGuids } },
  'fields of Splunk': {
    write: asLine(splunk),
    except: {
      'names of the header': said =>
        without('Channel', 'Message', 'Name', 'ProcessID', 'SourceName', 'Version')(withoutPid(said)),
      'nothing but data': onlyData,
    },
    rules: [sourceName],
  },
  '_raw of Splunk': { write: event => line(splunkRaw(event)), except: absentIsEmpty },
  'event XML': {
    write: event => `${eventXml(event)}\r\n`,
    frame: records => `<Events>\r\n${records}</Events>\r\n`,
    except: absentIsEmpty,
  },
  'our dump as windows': { write: dumped('windows'), except: {} },
  'our dump as ecs': { write: dumped('ecs'), except: { 'Data is param1 …': params } },
};

type Log = { readonly base: readonly Seen[]; readonly texts: Readonly<Record<string, string>> };

/** Hunts events with the same rules, whatever they were read from. */
class Hunt {
  readonly context: ReadContext = new ReadContext();
  readonly #rules: readonly Rule[];
  readonly #matcher;
  readonly #writer;
  readonly #out = new ByteWriter();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.#matcher = createMatcher(rules);
    this.#writer = createFindingWriter(rules, { reveal: true });
  }

  see(event: LazyEvent): Seen {
    const count = this.#matcher.match(event);
    const hits = [...this.#matcher.hits.subarray(0, count)];
    // What a finding says of the event does not depend on the rule.
    this.#out.reset();
    this.#writer.write(this.#out, event, 0, '');
    const { rule, message, log, huntaway, ...said } = JSON.parse(
      Buffer.from(this.#out.take()).toString('utf8'),
    );
    delete said['@timestamp'];
    return { hits, micros: event.micros, said };
  }

  /** Events of the logs as they are and in every form. */
  read(paths: readonly string[]): Log {
    const base: Seen[] = [];
    const parts = Object.entries(forms).map(([name, form]) => ({ name, form, records: [] as string[] }));
    readEvents(this.#open('evtx'), paths, event => {
      // Salvaged records may have names that are no names.
      if (event.salvaged) return;
      base.push(this.see(event));
      for (const { form, records } of parts) records.push(form.write(event));
    });
    const framed = parts.map(({ name, form: { frame = same => same }, records }) => [
      name,
      frame(records.join('')),
    ]);
    return { base, texts: Object.fromEntries(framed) };
  }

  /** What is seen of a text. */
  readText(text: string): Seen[] {
    const seen: Seen[] = [];
    const bad: string[] = [];
    const sink = {
      event: (event: LazyEvent) => void seen.push(this.see(event)),
      damaged: ({ reason }: { readonly reason: string }) => void bad.push(reason),
      unparsed: ({ reason }: { readonly reason: string }) => void bad.push(reason),
    };
    const bytes = Buffer.from(text);
    const type = sourceOf(bytes.subarray(0, 4096))?.name ?? '';
    withFile(bytes, fd => {
      for (const _ of this.#open(type).readFile(fd, 0, bytes.length, sink));
    });
    expect(bad).toEqual([]);
    return seen;
  }

  titles(hits: readonly number[]): string[] {
    return hits.map(hit => this.#rules[hit]!.title ?? '');
  }

  #open(type: string) {
    return sources.find(({ name }) => name === type)!.open(this.context);
  }
}

/** Compares a form with EVTX; the exceptions that were needed, by name. */
function compare(hunt: Hunt, { base, texts }: Log, name: string): Set<string> {
  const { time = ({ micros }) => micros, except, rules = [] } = forms[name]!;
  const seen = hunt.readText(texts[name]!);
  expect(seen.length).toBe(base.length);
  const needed = new Set<string>();
  for (const [i, expected] of base.entries()) {
    const { hits, micros, said } = seen[i]!;
    expect(micros).toBe(time(expected));
    compareSaid(expected.said, said, except, needed);
    const differ = [
      ...hits.filter(hit => !expected.hits.includes(hit)),
      ...expected.hits.filter(hit => !hits.includes(hit)),
    ];
    for (const title of hunt.titles(differ)) needed.add(title);
    expect(hunt.titles(differ).filter(title => !rules.includes(title))).toEqual([]);
  }
  return needed;
}

function compareSaid(a: Said, b: Said, except: Form['except'], needed: Set<string>): void {
  const text = (said: Said): string => JSON.stringify(sorted(said));
  if (text(a) === text(b)) return;
  const exceptAllBut = (left: string): ((said: Said) => Said) => {
    const others = Object.entries(except).filter(([name]) => name !== left);
    return said => others.reduce((sofar, [, change]) => change(sofar), said);
  };
  expect(sorted(exceptAllBut('')(b))).toEqual(sorted(exceptAllBut('')(a)));
  for (const name of Object.keys(except)) {
    const apply = exceptAllBut(name);
    if (text(apply(a)) !== text(apply(b))) needed.add(name);
  }
}

/** The same with event data in order of names: a form may have another. */
function sorted(said: Said): Said {
  const { event_data: data } = said.winlog;
  return inData(() => Object.fromEntries(Object.entries(data).sort(([x], [y]) => (x < y ? -1 : 1))))(said);
}

const samples = (path: string): string => fileURLToPath(new URL(`../samples/${path}`, import.meta.url));

describe('the sample', () => {
  const rules = filesBelow(samples('rules'), '.yml')
    .flatMap(path => parseRules(readFileSync(path, 'utf8'), path))
    .filter(document => document.kind === 'rule');
  let hunt: Hunt;
  let log: Log;

  beforeAll(() => {
    hunt = new Hunt(rules);
    log = hunt.read(filesBelow(samples('logs'), '.evtx'));
  });

  test('has findings', () => {
    expect(log.base.length).toBeGreaterThan(600);
    expect(log.base.flatMap(({ hits }) => hits).length).toBeGreaterThan(25);
  });

  test.each(Object.keys(forms))('is the same as %s', name => void compare(hunt, log, name));
});

describe.skipIf(!haveShared)('real logs', () => {
  let hunt: Hunt;
  let log: Log;

  test('have findings of many rules', () => {
    hunt = new Hunt(sharedRules());
    const logs = [
      ...filesBelow(sharedData('sigma/regression_data'), '.evtx'),
      ...filesBelow(sharedData('evtx-attack-samples'), '.evtx'),
    ];
    log = hunt.read(logs);
    expect(log.base.length).toBeGreaterThan(8000);
    expect(new Set(log.base.flatMap(({ hits }) => hits)).size).toBeGreaterThan(300);
  });

  test.each(Object.keys(forms))('are the same as %s', name => {
    const needed = compare(hunt, log, name);
    const { except, rules = [] } = forms[name]!;
    const listed = [...Object.keys(except), ...rules].filter(each => each !== OURS);
    expect([...needed].sort()).toEqual(listed.sort());
  });
});

/** A rule of the sample, which the real logs know nothing of. */
const OURS = 'Directory Database Created Outside Its Folder';
