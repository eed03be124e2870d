/**
 * The formats there are, by the word that `--format` takes: names only, so that the command line can offer them
 * without loading what writes them. The table of formatters (`index.ts`) must have exactly these.
 */

export const findingFormatNames: readonly ['jsonl', 'json', 'csv', 'timesketch', 'ocsf'] = [
  'jsonl',
  'json',
  'csv',
  'timesketch',
  'ocsf',
];
export type FindingFormat = (typeof findingFormatNames)[number];
