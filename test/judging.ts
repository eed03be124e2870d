/**
 * Small worlds to judge: facts and findings are written down in a few words, and the chain is that of our advisory,
 * written by hand so that tests of judging need no file.
 */

import type { Baseline, Unusual } from '../src/judge/baseline/index.ts';
import type { JudgedFinding, JudgedRule, JudgeInput } from '../src/judge/index.ts';
import type {
  Advisory,
  Behaviour,
  Chain,
  ChainLink,
  Exposure,
  Gravity,
  Join,
  Stage,
} from '../src/know/advisories/index.ts';
import type { Fact, FactSource, FactType, FactValues, FactView } from '../src/read/entities/index.ts';
import { parseTime } from '../src/read/events/index.ts';

const link = (
  id: string,
  from: string[],
  to: string[],
  on: Join[],
  days: number | null,
  ordered = true,
): ChainLink => ({
  id,
  from,
  to,
  on,
  within: days === null ? null : days * 86_400,
  ordered,
  basis: 'plausible',
});

export const chain: Chain = {
  steps: [
    { id: 'enter', title: 'they come in' },
    { id: 'look', title: 'hosts and accounts are surveyed' },
    { id: 'take', title: 'credentials and data are taken' },
    { id: 'pack', title: 'it is packed and staged' },
    { id: 'carry', title: 'it is picked up' },
    { id: 'return', title: 'exposed accounts are used again' },
    { id: 'move', title: 'they go on to other hosts' },
    { id: 'hide', title: 'traces are removed' },
  ],
  links: [
    link('theft-packed', ['take'], ['pack'], ['file', 'logon', 'process', 'account-host'], 7),
    link('packed-carried', ['pack'], ['carry'], ['file', 'share-file', 'logon', 'account-host'], 7),
    link('theft-carried', ['take'], ['carry'], ['share-file', 'logon', 'process', 'account-host'], 7, false),
    link('theft-returned', ['take'], ['return'], ['exposure'], null),
    link('entered-took', ['enter'], ['take'], ['tunnel', 'source', 'logon', 'account-host', 'account'], 7),
    link('moved-took', ['move'], ['take'], ['remote-process', 'logon', 'account-host', 'account'], 1),
    link('moved-on', ['move'], ['move'], ['remote-process', 'source', 'account'], 1, false),
    link('theft-hidden', ['take', 'pack', 'carry'], ['hide'], ['logon', 'account-host', 'host'], 1),
  ],
  intrusion: [
    ['take', 'pack'],
    ['take', 'return'],
    ['take', 'carry'],
    ['take', 'hide'],
    ['enter', 'take'],
    ['pack', 'return'],
  ],
  suspected: [
    ['move', 'take'],
    ['enter', 'move'],
    ['pack', 'carry'],
    ['return', 'move'],
  ],
};

const place = { path: 'behaviours.yml', document: 0, line: 1, column: 1 };

function behaviour(
  id: string,
  title: string,
  stage: Stage,
  step: string | null,
  gravity: Gravity,
  more: Partial<Behaviour> = {},
): Behaviour {
  return {
    id,
    title,
    stage,
    step,
    gravity,
    exposes: null,
    attack: [],
    attackReplaced: {},
    sources: [],
    rules: [`rule-${id}`],
    lookalikes: [],
    ask: null,
    fetch: null,
    notObservable: null,
    place,
    ...more,
  };
}

const exposes = (what: Exposure): Partial<Behaviour> => ({ exposes: what });
const shownBy = (channel: string, ...eventIds: number[]): Partial<Behaviour> => ({
  sources: [{ channel, eventIds, fields: [], enable: null }],
});

type BehaviourName =
  | 'ntds'
  | 'esent'
  | 'hive'
  | 'lsass'
  | 'archive'
  | 'wmic'
  | 'wmiexec'
  | 'proxy'
  | 'survey'
  | 'cleared'
  | 'cleaned'
  | 'valid'
  | 'vpn';

export const behaviours: Readonly<Record<BehaviourName, Behaviour>> = {
  ntds: behaviour('VT-CA-01', 'Directory database copied', 'credential-access', 'take', 'grave', {
    exposes: 'domain',
    lookalikes: [
      { what: 'a domain controller promoted from media', apart: 'nothing then archives the output' },
    ],
    ask: { whom: 'the directory administrators', question: 'Did {account} make media on {host} at {time}?' },
    fetch: 'the Application log of {host}',
  }),
  esent: behaviour(
    'VT-CA-03',
    'Database log names a copy',
    'credential-access',
    'take',
    'grave',
    exposes('domain'),
  ),
  hive: behaviour(
    'VT-CA-04',
    'Credential hives saved',
    'credential-access',
    'take',
    'grave',
    exposes('local'),
  ),
  lsass: behaviour(
    'VT-CA-05',
    'Process memory dumped',
    'credential-access',
    'take',
    'grave',
    exposes('host'),
  ),
  archive: behaviour('VT-ST-01', 'Archive with a password', 'staging', 'pack', 'strong'),
  wmic: behaviour('VT-LM-01', 'Process started on another host', 'lateral-movement', 'move', 'strong'),
  wmiexec: behaviour('VT-LM-02', 'Shell over WMI', 'lateral-movement', 'move', 'strong'),
  proxy: behaviour('VT-C2-01', 'Port proxy added', 'command-and-control', 'carry', 'strong'),
  survey: behaviour('VT-DI-07', 'Survey command', 'discovery', 'look', 'weak'),
  cleared: behaviour('VT-DE-01', 'Log cleared', 'defense-evasion', 'hide', 'grave'),
  cleaned: behaviour('VT-DE-02', 'Working folder removed', 'defense-evasion', 'hide', 'weak'),
  valid: behaviour(
    'VT-PE-01',
    'Exposed account used',
    'persistence',
    'return',
    'strong',
    shownBy('Security', 4624),
  ),
  vpn: behaviour(
    'VT-IA-02',
    'Remote access from a new source',
    'initial-access',
    'enter',
    'strong',
    shownBy('fortigate'),
  ),
};

export const advisory: Advisory = {
  id: 'test',
  title: 'A test advisory',
  version: '1',
  published: '2026-11-24',
  modified: '2026-11-24',
  actor: { name: 'Nobody', aliases: [] },
  author: 'Tests',
  issuers: [],
  summary: '',
  references: [],
  mitigations: [],
  firstSteps: [{ title: 'Preserve', text: 'copy the logs of {hosts}' }],
  behaviours: Object.values(behaviours),
  chain,
  path: '',
  rules: null,
  indicators: null,
};

/** What an event needs beside its values; the rest has a common value. */
export type Told = {
  readonly at: string;
  readonly host?: string;
  readonly type?: FactType;
  readonly channel?: string;
  readonly eventId?: number;
  readonly record?: number;
  readonly input?: number;
  readonly provider?: string;
} & FactValues;

const eventIds: Readonly<Record<FactType, number>> = {
  'process-start': 4688,
  logon: 4624,
  'logon-failed': 4625,
  logoff: 4634,
  privileges: 4672,
  'explicit-credentials': 4648,
  ticket: 4768,
  'share-access': 5145,
  'password-change': 4724,
  boot: 4608,
  'remote-session': 21,
  'remote-session-out': 1024,
  tunnel: 39_947,
  event: 0,
};

/** Facts and findings of one small world. */
export class World {
  readonly facts: Fact[] = [];
  readonly findings: JudgedFinding[] = [];
  #record = 1000;

  /** A fact that no rule matched. */
  fact(told: Told): Fact {
    const {
      at,
      host = 'dc1.example.test',
      type = 'process-start',
      channel,
      eventId,
      record,
      input,
      provider,
      ...values
    } = told;
    const micros = at === '' ? 0 : parseTime(at)!;
    const fact: Fact = {
      type,
      micros,
      host,
      channel: channel ?? (type === 'tunnel' ? 'fortigate' : 'Security'),
      provider: provider ?? '',
      eventId: eventId ?? eventIds[type],
      place: { input: input ?? 0, offset: this.#record * 1000, record: record ?? this.#record },
      values,
    };
    this.#record++;
    this.facts.push(fact);
    return fact;
  }

  /** An event that a rule of this behaviour matched. */
  find(what: Behaviour, told: Told, more: Partial<JudgedRule> = {}): Fact {
    const fact = this.fact(told);
    const rule: JudgedRule = {
      id: `rule-${what.id}`,
      title: what.title,
      level: 'high',
      behaviours: [what],
      stage: what.stage,
      kind: 'rule',
      decides: true,
      ...more,
    };
    this.add(rule, fact);
    return fact;
  }

  add(rule: JudgedRule, fact: Fact): void {
    this.findings.push({ rule, fact, example: fact.values.commandLine ?? '', form: 'written' });
  }

  input(more: Partial<JudgeInput> = {}): JudgeInput {
    const times = this.facts.flatMap(({ micros }) => (micros === 0 ? [] : [micros])).sort((a, b) => a - b);
    return {
      advisories: [advisory],
      findings: this.findings,
      facts: factSource(this.facts),
      files: ['Security.evtx'],
      hosts: [...new Set(this.facts.map(({ host }) => host))],
      span: times.length === 0 ? null : { first: times[0]!, last: times.at(-1)! },
      site: null,
      accounts: null,
      memory: null,
      now: parseTime('2026-11-24T00:00:00Z')!,
      ...more,
    };
  }
}

export function factSource(facts: readonly Fact[]): FactSource {
  const scan: FactSource['scan'] = (visit, types) => {
    const view = new View();
    for (const fact of facts) {
      if (types?.includes(fact.type) === false) continue;
      view.fact = fact;
      visit(view);
    }
  };
  return {
    length: facts.length,
    dropped: 0,
    scan,
    scanAlike: (_, make, visit, types) => scan(view => visit(view, make(view)), types),
  };
}

/** One view for all facts, as the real store has it. */
class View implements FactView {
  fact!: Fact;

  get type(): FactType {
    return this.fact.type;
  }
  get micros(): number {
    return this.fact.micros;
  }
  get host(): string {
    return this.fact.host;
  }
  get channel(): string {
    return this.fact.channel;
  }
  get eventId(): number {
    return this.fact.eventId;
  }
  get input(): number {
    return this.fact.place.input;
  }
  get offset(): number {
    return this.fact.place.offset;
  }
  get record(): number {
    return this.fact.place.record;
  }
  text(role: keyof FactValues): string | undefined {
    const value = this.fact.values[role];
    return typeof value === 'string' ? value : undefined;
  }
  number(role: keyof FactValues): number | undefined {
    const value = this.fact.values[role];
    return typeof value === 'number' ? value : undefined;
  }
  keep(): Fact {
    return this.fact;
  }
}

const unusual: Unusual = {
  bits: 5,
  seen: { account: 0, host: 0, anywhere: 0 },
  regular: null,
  reasons: ['first time here'],
};

/** A baseline that finds everything unusual, but what `usual` says recurs. */
export function fakeBaseline(usual: (fact: Fact) => boolean = () => false, days = 60): Baseline {
  return {
    days,
    isShort: days < 30,
    unusual: fact =>
      usual(fact)
        ? {
            bits: 0,
            seen: { account: 20, host: 20, anywhere: 20 },
            regular: { times: 20, period: 86_400, first: fact.micros - 20 * 86_400e6, last: fact.micros },
            reasons: ['seen every day'],
          }
        : unusual,
    logon: () => null,
  };
}
