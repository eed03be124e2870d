/** `all`, `cased`, `neq`: modifiers of the whole item. */
import { describeValue } from '../values.ts';
import { type Modifier, refuse } from './modifier.ts';

/** The values are joined by AND instead of OR. */
export const all: Modifier = {
  apply(item, context) {
    if (item.values.length < 2)
      context.warn("'all' needs a list of values: it changes nothing on a single one");
    item.all = true;
  },
};

/** Text compares with regard to case. A regular expression does so anyway. */
export const cased: Modifier = {
  apply(item) {
    for (const { value } of item.values) {
      if (value.kind === 'regex' && value.flags.includes('i')) refuse("'cased' contradicts 'i' before it");
      if (['cidr', 'exists', 'compare', 'timepart'].includes(value.kind)) {
        refuse(`'cased' works on text, not on ${describeValue(value)}`);
      }
    }
    item.cased = true;
  },
};

/** Negates the whole item: none of the values. */
export const neq: Modifier = {
  apply(item) {
    if (item.negated) refuse("'neq' stands twice");
    item.negated = true;
  },
};
