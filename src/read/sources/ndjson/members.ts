/** What the keys of an object say, as a tree: the plain form of a path through `structure.ts`. */
import { type Place, Step } from './structure.ts';

export type Member = {
  readonly key: string;
  /** Slot of the value, -1 where it is an object. */
  readonly slot: number;
  /** Members of the object; null where it is a value. A list of objects is as many members of one key. */
  readonly members: readonly Member[] | null;
  /** The name that a member of the object gave it (`@Name`); null where none did. */
  readonly name: string | null;
};

type Open = { key: string; slot: number; members: Open[] | null; name: string | null };

/** Members of the outermost object, up to `place`: to its end, or as far as it was read. */
export function membersOf(place: Place): readonly Member[] {
  const steps: Place[] = [];
  for (let at: Place | null = place; at !== null; at = at.parent) steps.push(at);
  const root: Open = { key: '', slot: -1, members: [], name: null };
  const open = [root];
  for (const at of steps.reverse()) {
    const inner = open[open.length - 1]!;
    const last = inner.members![inner.members!.length - 1];
    if (at.step === Step.Key) {
      inner.members!.push({ key: at.text, slot: at.slot, members: null, name: null });
    } else if (at.step === Step.Open || at.step === Step.List) {
      last!.slot = -1;
      last!.members = [];
      open.push(last!);
    } else if (at.step === Step.Item) {
      const item: Open = { key: at.text, slot: -1, members: [], name: null };
      inner.members!.push(item);
      open.push(item);
    } else if (at.step === Step.Close) {
      open.pop();
    } else if (at.step === Step.Named) {
      inner.members!.pop();
      inner.name = at.text;
    }
  }
  return root.members!;
}

/** A value by the keys that lead to it, joined by points. */
export type Leaf = { readonly path: string; readonly slot: number };

/** All values of `members`, in order, below `prefix`. */
export function leavesOf(members: readonly Member[], prefix = ''): Leaf[] {
  return members.flatMap(member => {
    const path = prefix === '' ? member.key : `${prefix}.${member.key}`;
    return member.members === null ? [{ path, slot: member.slot }] : leavesOf(member.members, path);
  });
}
