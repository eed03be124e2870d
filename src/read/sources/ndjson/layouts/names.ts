/** Keys of flat records and what they are in a Windows event. */
import type { Draft, Header } from '../draft.ts';
import type { Leaf } from '../members.ts';

/** Header fields by the keys that stand for them, the most telling first. */
export type Names = readonly (readonly [header: Header, ...keys: string[]])[];

/** Sets each header field that `leaves` have a key for; the leaves that are left. */
export function takeHeader(names: Names, leaves: readonly Leaf[], draft: Draft): Leaf[] {
  const taken = new Set<Leaf>();
  for (const [header, ...keys] of names) {
    for (const key of keys) {
      const leaf = leaves.find(({ path }) => path === key);
      if (leaf !== undefined && draft.header(header, leaf.slot)) {
        taken.add(leaf);
        break;
      }
    }
  }
  return leaves.filter(leaf => !taken.has(leaf));
}
