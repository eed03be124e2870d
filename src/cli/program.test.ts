import { describe, expect, it } from 'vitest';
import { commands } from './commands/index.ts';
import { parse } from './program.ts';

const given = (...words: string[]): unknown => {
  const parsed = parse(words, '1.2.3');
  return parsed.kind === 'command' ? parsed.given : parsed;
};

describe('the command line', () => {
  it('takes paths and flags in any order', () => {
    const parsed = parse(['hunt', '--rules', 'r', 'a', '--quiet', 'b'], '');
    expect(parsed).toMatchObject({
      command: { name: 'hunt' },
      words: ['a', 'b'],
      given: { rules: ['r'], quiet: true },
    });
  });
  it('gives a flag to the command that it stands behind, where the group takes one of that name too', () => {
    expect(parse(['drill', 'list', '--format', 'json'], '')).toMatchObject({ given: { format: 'json' } });
    expect(parse(['drill', 'full-chain', '--format', 'evtx'], '')).toMatchObject({ words: ['full-chain'] });
  });
  it('takes - for standard input', () => expect(parse(['hunt', '-'], '')).toMatchObject({ words: ['-'] }));
  it('takes a flag several times', () =>
    expect(given('hunt', 'a', '--rules', 'x', '-r', 'y')).toMatchObject({ rules: ['x', 'y'] }));
  it('takes a time that begins with a minus', () =>
    expect(given('hunt', 'a', '--from', '-24h')).toMatchObject({ from: '-24h' }));
  it('takes names that begin with a minus after --', () =>
    expect(parse(['dump', '--', '-odd.evtx'], '')).toMatchObject({ words: ['-odd.evtx'] }));
  it('prints its version', () => expect(given('--version')).toEqual({ kind: 'text', text: '1.2.3\n' }));
  it('refuses an unknown flag and names the nearest', () =>
    expect(() => parse(['hunt', 'a', '--rulse', 'x'], '')).toThrow(/unknown option '--rulse'.*--rules/));
  it('refuses a flag of another command', () =>
    expect(() => parse(['dump', 'a', '--rules', 'x'], '')).toThrow(/unknown option '--rules'/));
  it('refuses a command without a path', () =>
    expect(() => parse(['hunt'], '')).toThrow(/missing required argument 'path'/));
  it('refuses an unknown command', () =>
    expect(() => parse(['hnt', 'a'], '')).toThrow(/unknown command 'hnt'/));
  it('refuses help for an unknown command by its name', () =>
    expect(() => parse(['help', 'hnt'], '')).toThrow(/unknown command 'hnt'/));
  it.each([
    [['hunt', ''], /a path is empty/],
    [['hunt', 'a', '--out='], /--out is given, but its DIR is empty/],
    [['hunt', 'a', '--cache-dir', ''], /--cache-dir is given/],
    [['hunt', 'a', '--include', 'x', '--include='], /--include is given/],
  ])('refuses the empty word in %j', (words, message) => expect(() => parse(words, '')).toThrow(message));
  it('refuses no command at all', () => expect(() => parse([], '')).toThrow(/no command given/));
});

describe('help', () => {
  it.each(commands)('of $name names each of its flags', ({ name, flags }) => {
    const parsed = parse([...name.split(' '), '--help'], '');
    const text = parsed.kind === 'text' ? parsed.text : '';
    for (const flag of flags) expect(text).toContain(`--${flag.name}`);
    expect(text).toContain('Examples:');
  });
  it('fits 100 columns, but for examples', () => {
    const parsed = parse(['help', 'hunt'], '');
    const text = parsed.kind === 'text' ? parsed.text.split('\nExamples:')[0]! : '';
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(100);
  });
});

describe('the table of flags', () => {
  it('has sentences without a full stop', () => {
    for (const { flags } of commands) for (const flag of flags) expect(flag.help).not.toMatch(/\.$/);
  });
  it('has each flag once for each command', () => {
    for (const { flags } of commands) {
      const names = flags.map(flag => flag.name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
