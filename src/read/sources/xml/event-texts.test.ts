import { expect, test } from 'vitest';
import { readFile } from '../../../../test/text-collect.ts';
import { fieldTexts, type LazyEvent, ReadContext } from '../../events/index.ts';
import { sourceByName } from '../index.ts';
import { TextWindow } from '../text/index.ts';
import { EventTexts } from './index.ts';

const event =
  "<Event><System><EventID>7</EventID></System><EventData><Data Name='F'>a&lt;b</Data></EventData></Event>";

/** Reads `text` where it stands between other text of a window; scratch is used up but for `room` units. */
function read(text: string, room = 100_000): readonly string[] | null {
  const window = new TextWindow(1000, 1000);
  window.begin({ name: 'utf-8', mark: 0, unit: 1 }, 0);
  window.append(Buffer.from(`{"_raw": "${text}", "x": "</Event>"}`), true);
  window.scratchAt = Math.max(window.scratch, window.units.length - room);
  const found: LazyEvent | null = new EventTexts(new ReadContext()).read(window, 10, 10 + text.length);
  return found === null ? null : found.shape.fields.flatMap(field => [...fieldTexts(found, field)]);
}

test('an event in the middle of a window is read', () => {
  expect(read(event)).toEqual(['7', 'a<b']);
  expect(read(` \n<?xml version='1.0'?>${event}\n`)).toEqual(['7', 'a<b']);
});

test('what is none, or goes on behind its end, is none', () => {
  for (const text of ['', 'text', '<Events>', '<a/>', '<Event/>', event.slice(0, -3), event.slice(0, 5)]) {
    expect(read(text)).toBeNull();
  }
});

test('an event whose values do not fit in what is left of scratch is none', () => {
  expect(read(event, 3)).toEqual(['7', 'a<b']);
  expect(read(event, 2)).toBeNull();
});

test('names and values beyond scratch do no harm', () => {
  expect(read(event.replace('<EventID>', "<EventID xmlns='&amp;abc'>"), 0)).toBeNull();
});

test('a record of Splunk is the event in its raw text, and its other fields where that is cut off', () => {
  const line = (raw: string): string =>
    `${JSON.stringify({ _raw: raw, EventCode: '7', Channel: 'C', SourceName: 'P', sourcetype: 'XmlWinEventLog', G: 'x' })}\n`;
  const reader = sourceByName('ndjson')!.open(new ReadContext());
  const seen = readFile(reader, Buffer.from(line(event) + line(event.slice(0, -9))));
  expect([seen.damage, seen.unread]).toEqual([[], []]);
  expect(
    seen.events.map(({ eventId, fields }) => [eventId, fields.get('EventData/F'), fields.get('EventData/G')]),
  ).toEqual([
    [7, ['a<b'], undefined],
    [7, undefined, ['x']],
  ]);
});
