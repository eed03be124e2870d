/** How findings are printed: a format is a file and one line here. */
import { csv } from './csv.ts';
import type { Formatter } from './formatter.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';

export type { Formatter } from './formatter.ts';

/** As in `--format`. */
export type FindingFormat = 'jsonl' | 'json' | 'csv';

/** By name; `extension` is that of a file below `--out`. A formatter is good for one output. */
export const findingFormats: Readonly<
  Record<FindingFormat, { readonly extension: string; create(): Formatter }>
> = {
  jsonl: { extension: 'jsonl', create: jsonl },
  json: { extension: 'json', create: json },
  csv: { extension: 'csv', create: csv },
};
