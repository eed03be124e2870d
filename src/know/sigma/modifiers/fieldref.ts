/** `fieldref`: the value names another field of the same event, whose value is compared. */
import { fieldName } from '../fields.ts';
import { hasWildcard, parseString } from '../strings.ts';
import { describeValue } from '../values.ts';
import { each, type Modifier, mustBeFirst, refuse } from './modifier.ts';

export const fieldref: Modifier = each((value, item) => {
  if (!item.applied.every(name => name === 'cased')) mustBeFirst(item, 'fieldref');
  if (value.kind !== 'text' || value.raw === '') {
    return refuse(
      `'fieldref' takes the name of a field, not ${value.kind === 'text' ? 'an empty text' : describeValue(value)}`,
    );
  }
  if (hasWildcard(parseString(value.raw))) refuse("'fieldref' takes the name of a field, without wildcards");
  return { kind: 'fieldref', field: fieldName(value.raw), part: 'whole' };
});
