import { describe, expect, it } from 'vitest';
import { type CheckedFile, renderVerification, type Verification } from './index.ts';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
const file = (change: Partial<CheckedFile>): CheckedFile => ({
  kind: 'log',
  path: 'logs/a.evtx',
  file: 'logs/a.evtx',
  status: 'unchanged',
  message: null,
  size: { recorded: 5, now: 5 },
  sha256: { recorded: a, now: a },
  ...change,
});

const result: Verification = {
  version: 1,
  record: { path: 'case/run.json', sha256: a, expected: null },
  hunt: {
    tool: 'huntaway 0.1.0',
    started: '2026-03-01T12:00:00.000Z',
    operator: 'K. Hound',
    cwd: '/cases/17',
    interrupted: true,
  },
  base: '/cases/17',
  files: [
    file({
      path: 'logs/b.evtx',
      status: 'changed',
      message: 'the same size, other content',
      sha256: { recorded: a, now: b },
    }),
    file({ path: 'logs/c.evtx', status: 'missing', message: 'no such file or folder' }),
    file({ kind: 'archive', path: 'host.zip' }),
    file({ kind: 'member', path: 'host.zip!/evil\u001b[2J.evtx', status: 'unreadable', message: 'cut off' }),
    file({}),
    file({ kind: 'other', path: 'readme.txt', status: 'not-read', message: 'the hunt did not read it' }),
    file({ kind: 'output', path: 'findings.jsonl' }),
  ],
  rules: { status: 'different', paths: ['rules'], recorded: a, now: b },
  advisories: [{ status: 'same', id: 'volt-typhoon', path: 'advisories/volt-typhoon', recorded: a, now: a }],
  notes: ['Where evidence has moved, give its folder with --base.'],
  interrupted: false,
  exitCode: 1,
};

describe('a verification', () => {
  it('tells what is wrong last, then the account and how far it goes', () => {
    expect(renderVerification(result, { width: 80, color: false })).toMatchInlineSnapshot(`
      "unchanged   archive  host.zip
      unchanged   log      logs/a.evtx
      unchanged   output   findings.jsonl
      not read    other    readme.txt
                  the hunt did not read it
      unreadable  member   host.zip!/evil\\u{1b}[2J.evtx
                  cut off
      changed     log      logs/b.evtx
                  the same size, other content
           then  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            now  bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      missing     log      logs/c.evtx
                  no such file or folder

      logs      3: 1 unchanged, 1 changed, 1 missing
      members   1 unreadable
      archives  1 unchanged
      outputs   1 unchanged
      others    1 not read
      rules     not the same as then (no error of evidence: rules are revised)
      advisory  volt-typhoon: the same as then

      Where evidence has moved, give its folder with --base.

      Hunt of 2026-03-01T12:00:00.000Z by K. Hound with huntaway 0.1.0; it was
      interrupted

      SHA-256 of run.json
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
      Compare this hash with one that was written down elsewhere when the hunt ended,
      or give that one with --expect.

      "Unchanged" means: since Huntaway read it for this hunt, according to run.json.
      Whoever can change a file can change run.json as well.
      "
    `);
  });
  it('says where the record is the one expected, and where it is not', () => {
    const text = (expected: string): string =>
      renderVerification({ ...result, record: { ...result.record, expected } }, { width: 80, color: false });
    expect(text(a)).toContain('It is the one expected.');
    expect(text(b)).toContain(`It is NOT the one expected, so what is said above proves nothing:\n  ${b}\n`);
  });
  it('says the same with colours', () => {
    const painted = renderVerification(result, { width: 80, color: true });
    expect(painted).toContain('\u001b[31mchanged\u001b[0m');
    expect(painted.replace(/\u001b\[[\d;]*m/g, '')).toBe(
      renderVerification(result, { width: 80, color: false }),
    );
  });
});
