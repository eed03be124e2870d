/** Comparing two fields of one event: text with text, no wildcards, folded unless `cased`. */
import type { FieldRefTest } from '../../know/sigma/index.ts';
import { fold } from '../../read/events/index.ts';

/** True if `text` is, holds, begins or ends with `other`. Every text holds the empty one. */
export function refersTo(test: FieldRefTest, text: string, other: string): boolean {
  const left = test.cased ? text : fold(text);
  const right = test.cased ? other : fold(other);
  switch (test.part) {
    case 'whole':
      return left === right;
    case 'contains':
      return left.includes(right);
    case 'startswith':
      return left.startsWith(right);
    case 'endswith':
      return left.endsWith(right);
  }
}
