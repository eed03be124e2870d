import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotRun } from '../io.ts';
import { recordOf } from './record.ts';

const hash = 'a'.repeat(64);
const good = {
  version: 1,
  tool: { name: 'huntaway', version: '0.1.0' },
  platform: 'linux x64',
  started: '2026-03-01T12:00:00.000Z',
  interrupted: false,
  operator: null,
  cwd: '/cases/17',
  options: [{ name: 'rules', value: ['rules'], sha256: hash }],
  optionsSha256: hash,
  rules: { paths: ['rules'], sha256: hash },
  advisories: [{ id: 'volt-typhoon', path: 'advisories/volt-typhoon', sha256: hash }],
  inputs: [{ path: 'a.evtx', type: 'evtx', size: 5, sha256: hash }],
  containers: [{ path: 'a.zip', sha256: null }],
  outputs: [{ name: 'findings.jsonl', size: 0, sha256: hash }],
};

describe('a record', () => {
  it('is read as it is', () => {
    const { tool, version: _, ...rest } = good;
    expect(recordOf(good)).toEqual({ ...rest, tool: `${tool.name} ${tool.version}` });
  });
  it('may be without a working directory', () => {
    const { cwd: _, ...old } = good;
    expect(recordOf(old).cwd).toBeNull();
  });
  it('may be of a hunt before there were advisories', () => {
    const { advisories: _, ...old } = good;
    expect(recordOf(old).advisories).toEqual([]);
  });
  it.each<readonly [message: string, change: object]>([
    ['inputs[0].size is no number of bytes', { inputs: [{ ...good.inputs[0], size: -1 }] }],
    ['inputs[0].size is no number of bytes', { inputs: [{ ...good.inputs[0], size: 1.5 }] }],
    ['inputs[0].path is no text', { inputs: [{ ...good.inputs[0], path: 5 }] }],
    [
      'inputs[0].path is longer than any path',
      { inputs: [{ ...good.inputs[0], path: 'x'.repeat(300_000) }] },
    ],
    ['inputs is no list', { inputs: {} }],
    ['advisories[0].sha256 is no SHA-256', { advisories: [{ ...good.advisories[0], sha256: 'x' }] }],
    ['inputs[0].sha256 is no SHA-256', { inputs: [{ ...good.inputs[0], sha256: 'A'.repeat(64) }] }],
    ['options[0].value is no text', { options: [{ name: 'x', value: { deep: [] }, sha256: hash }] }],
    ['options[0].value[0] is no text', { options: [{ name: 'x', value: [[]], sha256: hash }] }],
    ['has version 2; this Huntaway reads version 1', { version: 2 }],
    ['has no known version', { version: '1' }],
    ...['', '..', '.', 'a/b', 'a\\b', 'C:x', 'a\0'].map(
      name => ['outputs[0].name is no name of a file', { outputs: [{ ...good.outputs[0], name }] }] as const,
    ),
  ])('is refused: %s', (message, change) => expect(() => recordOf({ ...good, ...change })).toThrow(message));
  it('of any JSON is read or refused in one harmless line', () => {
    const keys = Object.keys(good);
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.tuple(fc.constantFrom(...keys), fc.jsonValue()).map(([key, value]) => ({ ...good, [key]: value })),
    );
    fc.assert(
      fc.property(anything, value => {
        try {
          recordOf(value);
        } catch (error) {
          expect(error).toBeInstanceOf(CannotRun);
          expect((error as Error).message).toMatch(/^run\.json [\x20-\x7e]*$/);
        }
      }),
    );
  });
});
