import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placesOf } from './places.ts';

const below = (base: string, ...paths: string[]): string => resolve(base, ...paths);

describe('the place of evidence', () => {
  it('is where the record has it', () => {
    const place = placesOf(['logs/a.evtx', '/mnt/b.evtx'], 'linux x64', null);
    expect([place('logs/a.evtx'), place('/mnt/b.evtx')]).toEqual(['logs/a.evtx', '/mnt/b.evtx']);
  });
  it('is below the base, for relative paths', () => {
    const place = placesOf(['logs/a.evtx', '../b.evtx'], 'linux x64', '/new/here');
    expect(place('logs/a.evtx')).toBe(below('/new/here/logs/a.evtx'));
    expect(place('../b.evtx')).toBe(below('/new/b.evtx'));
  });
  it('is below the base from the folder that absolute paths have in common', () => {
    const paths = ['/mnt/e/host1/Security.evtx', '/mnt/e/host2/System.evtx', 'relative.evtx'];
    const place = placesOf(paths, 'linux x64', '/new');
    expect(paths.map(place)).toEqual([
      below('/new/host1/Security.evtx'),
      below('/new/host2/System.evtx'),
      below('/new/relative.evtx'),
    ]);
  });
  it('is the base itself for a single absolute path', () =>
    expect(placesOf(['/mnt/e/a.evtx'], 'linux x64', '/new')('/mnt/e/a.evtx')).toBe(below('/new/a.evtx')));
  it('does not take part of a name for a folder in common', () => {
    const paths = ['/mnt/ab/x', '/mnt/ac/x'];
    expect(paths.map(placesOf(paths, 'linux x64', '/new'))).toEqual([below('/new/ab/x'), below('/new/ac/x')]);
  });
  it('is found for paths that Windows wrote', () => {
    const paths = ['C:\\evidence\\host1/a.evtx', 'C:\\evidence\\host2/b.evtx'];
    expect(paths.map(placesOf(paths, 'win32 x64', '/new'))).toEqual([
      below('/new/host1/a.evtx'),
      below('/new/host2/b.evtx'),
    ]);
    expect(placesOf(['logs\\x/a.evtx'], 'win32 x64', '/new')('logs\\x/a.evtx')).toBe(
      below('/new/logs/x/a.evtx'),
    );
  });
  it('keeps a backslash in a name that Linux wrote', () =>
    expect(placesOf(['a\\b.evtx'], 'linux x64', '/new')('a\\b.evtx')).toBe(below('/new', 'a\\b.evtx')));
});
