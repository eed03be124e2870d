/** Writes plain values as JSON that is safe to look at, as all JSON of the product is. */
import type { ByteWriter } from './byte-writer.ts';

/** What JSON can hold. Members that are undefined are left out. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

export function writeJson(out: ByteWriter, value: Json): void {
  if (typeof value === 'string') out.jsonString(value);
  else if (typeof value !== 'object' || value === null) out.ascii(JSON.stringify(value));
  else if (isList(value)) {
    out.ascii('[');
    value.forEach((item, i) => {
      if (i > 0) out.ascii(',');
      writeJson(out, item);
    });
    out.ascii(']');
  } else {
    out.ascii('{');
    let isFirst = true;
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      if (!isFirst) out.ascii(',');
      isFirst = false;
      out.jsonString(name);
      out.ascii(':');
      writeJson(out, member);
    }
    out.ascii('}');
  }
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
