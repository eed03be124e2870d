/** `cidr`: the value is a network, and the field an address in it. */
import { parseNetwork } from '../cidr.ts';
import { describeValue } from '../values.ts';
import { each, type Modifier, mustBeFirst, refuse } from './modifier.ts';

export const cidr: Modifier = each((value, item) => {
  mustBeFirst(item, 'cidr');
  if (value.kind !== 'text') return refuse(`'cidr' works on text, not on ${describeValue(value)}`);
  return { kind: 'cidr', network: parseNetwork(value.raw) };
});
