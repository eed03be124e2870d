/**
 * A JSON document is prepared once per shape as parts: constant text, merged into as few pieces as possible, and
 * functions that write what differs from event to event. Printing an event is running the list; a part costs a
 * few nanoseconds beyond its bytes.
 */
import type { LazyEvent } from '../../read/events/index.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';

/** Writes what an event has to say at one place. */
export type Write = (out: ByteWriter, event: LazyEvent) => void;

/** Constant JSON text, or what is written per event. */
export type Part = string | Write;

/** `text` as a JSON string, escaped as everywhere in our output. */
export function json(text: string): string {
  const out = new ByteWriter(text.length + 16);
  out.jsonString(text);
  return out.take().toString('utf8');
}

/** One function that writes all parts in order. */
export function compile(parts: readonly Part[]): Write {
  const writes: Write[] = [];
  let constant = '';
  const flush = (): void => {
    if (constant === '') return;
    const bytes = Buffer.from(constant, 'utf8');
    writes.push(out => out.raw(bytes));
    constant = '';
  };
  for (const part of parts) {
    if (typeof part === 'string') {
      constant += part;
    } else {
      flush();
      writes.push(part);
    }
  }
  flush();
  return (out, event) => {
    for (let i = 0; i < writes.length; i++) writes[i]!(out, event);
  };
}

const COMMA = 0x2c;
const CLOSE = 0x7d;

/**
 * An object whose members may be absent. Each member writes `"name":value,` or nothing; the last comma becomes
 * the closing brace. Without any member, `empty` is written instead of `open` and `close`.
 */
export function object(
  members: readonly Write[],
  { open = '{', close = '', empty = '{}' }: { open?: string; close?: string; empty?: string } = {},
): Write {
  const opening = Buffer.from(open, 'utf8');
  const closing = Buffer.from(close, 'utf8');
  const instead = Buffer.from(empty, 'utf8');
  return (out, event) => {
    const before = out.length;
    out.raw(opening);
    const start = out.length;
    for (let i = 0; i < members.length; i++) members[i]!(out, event);
    if (out.length === start) {
      out.truncate(before);
      out.raw(instead);
      return;
    }
    // A member ends in a comma, so there is one to replace.
    if (out.bytes[out.length - 1] === COMMA) out.length--;
    out.byte(CLOSE);
    out.raw(closing);
  };
}
