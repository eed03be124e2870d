/** How findings are printed: a format is a file, a name in `names.ts` and one line here. */
import { csv } from './csv.ts';
import type { Formatter } from './formatter.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import type { FindingFormat } from './names.ts';
import { ocsf } from './ocsf.ts';
import { timesketch } from './timesketch.ts';

export type { Formatter } from './formatter.ts';
export { type FindingFormat, findingFormatNames } from './names.ts';

/** By name; `extension` is that of a file below `--out`. A formatter is good for one output. */
export const findingFormats: Readonly<
  Record<FindingFormat, { readonly extension: string; create(): Formatter }>
> = {
  jsonl: { extension: 'jsonl', create: jsonl },
  json: { extension: 'json', create: json },
  csv: { extension: 'csv', create: csv },
  // Timesketch refuses a file of any other extension.
  timesketch: { extension: 'jsonl', create: timesketch },
  ocsf: { extension: 'jsonl', create: ocsf },
};
