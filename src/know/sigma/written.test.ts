import { describe, expect, it } from 'vitest';
import { readWritten } from './written.ts';

const text = `title: One
tags:
  - a.b
  - "c.d"
  - null
  - { not: text }
date: 2024-01-02
---
# the second
title: Two
`;
const documents = readWritten(text, 'a.yml');

describe('what a rule file says', () => {
  it('is a scalar with its place', () =>
    expect(documents(0).texts('date')).toEqual([
      { text: '2024-01-02', place: { path: 'a.yml', document: 0, line: 7, column: 7 } },
    ]));
  it('is every scalar of a list', () =>
    expect(
      documents(0)
        .texts('tags')
        .map(({ text, place }) => [text, place.line]),
    ).toEqual([
      ['a.b', 3],
      ['c.d', 4],
    ]));
  it('is read by document', () => {
    expect(documents(1).texts('title')[0]).toMatchObject({ text: 'Two', place: { document: 1, line: 10 } });
    expect(documents(1).key('date')).toBeNull();
  });
  it('is where a key stands', () =>
    expect(documents(0).key('tags')).toEqual({ path: 'a.yml', document: 0, line: 2, column: 1 }));
  it('is nothing where there is no such document or no map', () => {
    expect(documents(7).texts('title')).toEqual([]);
    expect(readWritten('- a\n- b\n', 'a.yml')(0).key('a')).toBeNull();
    expect(readWritten('a: [', 'a.yml')(0).key('a')).toBeNull();
  });
  it('counts columns from behind a byte order mark', () =>
    expect(readWritten('\ufefftitle: x\n', 'a.yml')(0).key('title')?.column).toBe(1));
});
