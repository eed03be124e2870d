/** Every modifier by its name in rules. A new one is one file and one line here. */
import { contains, endswith, startswith } from './affixes.ts';
import { gt, gte, lt, lte } from './comparison.ts';
import { base64, base64offset, utf16be, utf16marked, wide } from './encodings.ts';
import { expand } from './expand.ts';
import { fieldref } from './fieldref.ts';
import { all, cased, neq } from './item.ts';
import type { Modifier } from './modifier.ts';
import { cidr } from './network.ts';
import { exists } from './presence.ts';
import { dotAll, ignoreCase, multiLine, re } from './re.ts';
import { timePart } from './time.ts';
import { windash } from './windash.ts';

export type { Item, Modifier, ModifierContext } from './modifier.ts';

export const modifiers: ReadonlyMap<string, Modifier> = new Map<string, Modifier>([
  ['all', all],
  ['base64', base64],
  ['base64offset', base64offset],
  ['cased', cased],
  ['cidr', cidr],
  ['contains', contains],
  ['day', timePart('day')],
  ['dotall', dotAll],
  ['endswith', endswith],
  ['exists', exists],
  ['expand', expand],
  ['fieldref', fieldref],
  ['gt', gt],
  ['gte', gte],
  ['hour', timePart('hour')],
  ['i', ignoreCase],
  ['ignorecase', ignoreCase],
  ['lt', lt],
  ['lte', lte],
  ['m', multiLine],
  ['minute', timePart('minute')],
  ['month', timePart('month')],
  ['multiline', multiLine],
  ['neq', neq],
  ['re', re],
  ['s', dotAll],
  ['startswith', startswith],
  ['utf16', utf16marked],
  ['utf16be', utf16be],
  ['utf16le', wide],
  ['week', timePart('week')],
  ['wide', wide],
  ['windash', windash],
  ['year', timePart('year')],
]);
