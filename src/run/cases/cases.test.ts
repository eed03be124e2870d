import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at, intrusion, judgement } from '../../../test/intrusions.ts';
import { scratch } from '../../../test/scratch.ts';
import { intrusionsText } from '../../tell/index.ts';
import { CannotRun, type Io, type Outlet } from '../io.ts';
import { CASES_FILE, type DecideOptions, decideCase, listCases, loadCases } from './index.ts';

type Heard = Io & { readonly said: () => string; readonly told: () => string };

function io(time = '2026-11-24T08:00:00Z'): Heard {
  const texts = [[] as string[], [] as string[]] as const;
  const outlet = (into: string[]): Outlet => ({
    write: bytes => void into.push(Buffer.from(bytes).toString()),
    isTerminal: false,
    columns: 80,
    color: false,
  });
  return {
    stdout: outlet(texts[0]),
    stderr: outlet(texts[1]),
    signal: new AbortController().signal,
    now: () => at(time) / 1000,
    said: () => texts[0].join(''),
    told: () => texts[1].join(''),
  };
}

function hunted(...intrusions: ReturnType<typeof intrusion>[]): string {
  return scratch({ 'intrusions.json': intrusionsText(judgement({ intrusions }), ['Security.evtx']) });
}

const options = (hunt: string, over: Partial<DecideOptions> = {}): DecideOptions => ({
  decision: 'dismiss',
  id: 'i1',
  hunt,
  cases: null,
  by: 'J. Smith',
  reason: 'restore test',
  until: null,
  account: null,
  format: 'text',
  ...over,
});

describe('case', () => {
  it('keeps decisions one after the other, readable by their owner alone', () => {
    const hunt = hunted(intrusion());
    decideCase(options(hunt, { decision: 'ask' }), io());
    decideCase(options(hunt, { decision: 'confirm' }), io());
    const path = join(hunt, CASES_FILE);
    expect(loadCases(path).entries.map(({ decision }) => decision)).toEqual(['ask', 'confirm']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('tells a decision again in a later hunt with more evidence, as open', () => {
    const one = hunted(intrusion());
    const file = join(one, 'site.jsonl');
    decideCase(options(one, { cases: file }), io());
    const before = intrusion();
    const more = { ...before.evidence[0]!, id: 'e2', micros: at('2026-11-20'), account: null };
    const again = hunted({ ...before, id: 'i9', evidence: [...before.evidence, more] });
    const heard = io();
    expect(listCases({ hunt: again, cases: file, format: 'text' }, heard)).toBe(0);
    expect(heard.said()).toContain('i9  open again');
    expect(heard.said()).toContain('dismissed by J. Smith: restore test');
  });

  it('takes the beginning of an id, where only one begins so', () => {
    const hunt = hunted(intrusion({ id: 'abc1' }), intrusion({ id: 'abd2' }));
    decideCase(options(hunt, { id: 'abc' }), io());
    expect(() => decideCase(options(hunt, { id: 'ab' }), io())).toThrow(
      /more than one intrusion .* abc1, abd2/,
    );
    expect(() => decideCase(options(hunt, { id: 'x' }), io())).toThrow(/case list/);
  });

  it('says how to ask, and asks only about accounts of the intrusion', () => {
    const hunt = hunted(intrusion());
    const heard = io();
    decideCase(options(hunt, { decision: 'ask', account: 'adm.hollis' }), heard);
    expect(heard.said()).toContain('By phone');
    expect(heard.said()).toContain('was used at 2026-10-08 01:52 UTC on dc1.wairua.test');
    expect(() => decideCase(options(hunt, { decision: 'ask', account: 'bob' }), io())).toThrow(CannotRun);
  });

  it('begins a new line behind one that was cut off', () => {
    const hunt = hunted(intrusion());
    decideCase(options(hunt), io());
    const path = join(hunt, CASES_FILE);
    appendFileSync(path, '{"version":1,"at":17');
    decideCase(options(hunt, { decision: 'confirm' }), io());
    expect(loadCases(path).entries).toHaveLength(2);
    const heard = io();
    expect(listCases({ hunt, cases: null, format: 'json' }, heard)).toBe(3);
    expect(heard.told()).toContain(`${CASES_FILE}:2: it is no JSON`);
  });

  it('names the folder to give where there is no hunt', () => {
    expect(() => listCases({ hunt: scratch(), cases: null, format: 'text' }, io())).toThrow(/--out/);
  });

  it('lets nothing from a log reach the terminal', () => {
    const hostile = 'a\u001b[31mred\u009b2J\u202e';
    const hunt = hunted(intrusion({ summary: hostile, accounts: [hostile] }));
    const heard = io();
    decideCase(options(hunt, { decision: 'ask', by: hostile, reason: hostile }), heard);
    listCases({ hunt, cases: null, format: 'text' }, heard);
    expect(heard.said()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(readFileSync(join(hunt, CASES_FILE), 'utf8')).not.toContain('\u001b');
  });
});
