/**
 * A file seen from both sides: a command writes it, and 5145 shows who opened it over the network and in which logon.
 * wmiexec leaves this: the number in its output file's name stands in the command and in the share access of the attacker's
 * own host, whose logon is another one than the command's.
 */

import { sourceOf } from '../context.ts';
import { outputReads } from '../sessions.ts';
import { byKey, hex, type Joiner } from './join.ts';

export const joinShareFiles: Joiner = function* ({ items, context }) {
  const byLogon = byKey(items, item => item.logons.map(id => `${item.host} ${id}`));
  for (const [position, item] of items.entries()) {
    for (const access of outputReads(item, context)) {
      const id = access.values.logonId;
      const others = id === undefined ? undefined : byLogon.get(`${item.host} ${id}`);
      const other = others?.find(at => at !== position);
      if (id === undefined || other === undefined) continue;
      const name = access.values.file ?? '';
      const source = sourceOf(access, context.names);
      yield {
        from: Math.min(position, other),
        to: Math.max(position, other),
        join: 'share-file',
        reason: () =>
          `the output file ${name} on ${item.host} was read in logon ${hex(id)}${source === null ? '' : ` from ${source}`}`,
      };
    }
  }
};
