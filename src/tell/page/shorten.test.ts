import { describe, expect, it } from 'vitest';
import { evidence, intrusion } from '../../../test/intrusions.ts';
import { pageInput } from '../../../test/page.ts';
import { sharedDomain, shortened } from './shorten.ts';

describe('the domain that hosts share', () => {
  const shared = (...hosts: string[]): string | null => sharedDomain(new Set(hosts));

  it('is what all that have one have', () => {
    expect(shared('dc1.wairua.test', 'fs1.wairua.test', 'vpn1')).toBe('wairua.test');
  });

  it('is none where there are several, or addresses', () => {
    expect(shared('dc1.wairua.test', 'dc1.other.test')).toBe(null);
    expect(shared('10.0.0.1')).toBe(null);
    expect(shared('vpn1')).toBe(null);
  });

  it('is none where two hosts would be called the same', () => {
    expect(shared('dc1.wairua.test', 'dc1')).toBe(null);
  });

  it('is none where it is no domain', () => {
    expect(shared('a.<script>')).toBe(null);
    expect(shared('a.(x+)+$')).toBe(null);
  });
});

describe('short names', () => {
  const { input, domain } = shortened(
    pageInput({
      intrusions: [
        intrusion({
          hosts: ['dc1.wairua.test'],
          story: ['On dc1.wairua.test. And dc1.wairua.test.au, dc1.wairua.testing, x@wairua.test.'],
          evidence: [evidence({ example: 'ping dc1.wairua.test', account: 'a@x.wairua.test' })],
        }),
      ],
    }),
  );
  const [told] = input.intrusions;

  it('stand in names and sentences', () => {
    expect(domain).toBe('wairua.test');
    expect(told!.hosts).toEqual(['dc1']);
    expect(told!.evidence[0]!.host).toBe('dc1');
    expect(input.visibility.hosts.map(({ host }) => host)).toContain('scada1');
  });

  it('touch no longer name that begins alike', () => {
    expect(told!.story).toEqual(['On dc1. And dc1.wairua.test.au, dc1.wairua.testing, x@wairua.test.']);
  });

  it('do not stand in what an event says', () => {
    expect(told!.evidence[0]!.example).toBe('ping dc1.wairua.test');
    expect(told!.evidence[0]!.account).toBe('a@x.wairua.test');
  });
});
