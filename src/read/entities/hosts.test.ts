import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HostNames } from './hosts.ts';

const labels = fc.constantFrom('dc1', 'DC1', 'ws6', 'Ws6', 'HWDRILL-dc1');
const names = fc
  .tuple(
    labels,
    fc.constantFrom('', '.example.test', '.EXAMPLE.test', '.other.test'),
    fc.constantFrom('', '.'),
  )
  .map(([label, domain, dot]) => label + domain + (domain === '' ? '' : dot));

describe('the name of a host', () => {
  test('is its full name in lower case, however it was written', () => {
    const hosts = new HostNames(['DC1', 'dc1.Example.Test', 'DC1.EXAMPLE.TEST.']);
    for (const written of ['DC1', 'dc1', 'dc1.example.test', 'DC1.example.test.', '\\\\DC1']) {
      expect(hosts.canonical(written)).toBe('dc1.example.test');
    }
  });

  test('stays short where two full names begin with it', () => {
    const hosts = new HostNames(['dc1.a.test', 'dc1.b.test', 'DC1']);
    expect(hosts.canonical('DC1')).toBe('dc1');
    expect(hosts.canonical('DC1.B.test')).toBe('dc1.b.test');
  });

  test('keeps the mark of drills', () => {
    const hosts = new HostNames(['dc1.a.test', 'HWDRILL-DC1.a.test']);
    expect(hosts.canonical('HWDRILL-DC1')).toBe('hwdrill-dc1.a.test');
    expect(hosts.canonical('DC1')).toBe('dc1.a.test');
  });

  test('is an address where the log names the host by one', () => {
    const hosts = new HostNames(['10.1.2.3', '::ffff:10.1.2.4']);
    expect(hosts.canonical('10.1.2.3')).toBe('10.1.2.3');
    expect(hosts.canonical('10')).toBe('10');
    expect(hosts.canonical('10.1.2.4')).toBe('10.1.2.4');
  });

  test('is known only where the logs hold the host', () => {
    const hosts = new HostNames(['dc1.a.test', 'WS6']);
    expect(hosts.known('\\\\DC1')).toBe('dc1.a.test');
    expect(hosts.known('ws6')).toBe('ws6');
    expect(hosts.known('ws7')).toBeNull();
    expect(hosts.known('')).toBeNull();
    expect(hosts.known('dc1.b.test')).toBeNull();
  });

  test('does not depend on the order of the logs, and is its own', () => {
    fc.assert(
      fc.property(fc.array(names), fc.array(names), (seen, asked) => {
        const one = new HostNames(seen);
        const other = new HostNames(seen.toReversed());
        for (const name of [...seen, ...asked]) {
          const canonical = one.canonical(name);
          expect(other.canonical(name)).toBe(canonical);
          expect(one.canonical(canonical)).toBe(canonical);
          expect(one.canonical(name.toUpperCase())).toBe(canonical);
        }
        for (const name of seen) expect(one.known(name)).toBe(one.canonical(name));
      }),
    );
  });
});
