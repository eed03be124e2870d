/**
 * `Event.System` and `Event.EventData` as in Windows' XML: evtx_dump, Chainsaw, Hayabusa's input, python-evtx, Velociraptor, our
 * own dump.
 * Attributes stand below `#attributes`, below a key of their own (`Provider_attributes`) or under `@Name`; text below
 * `#text`. `EventData` is a list of `Data` with names, or has them as keys; a name that comes again, there or in UserData, has
 * `_1`, `_2` … as evtx_dump gives it.
 */
import type { ValueRef, XmlElement } from '../../../events/index.ts';
import { type Draft, element } from '../draft.ts';
import { leavesOf, type Member } from '../members.ts';
import type { Layout } from './layout.ts';

const TEXT = '#text';
const ATTRIBUTES = '#attributes';
const SUFFIX = '_attributes';

export const nested: Layout = {
  name: 'nested',
  fits(members) {
    return eventOf(members).some(({ key, members: parts }) => key === 'System' && parts !== null);
  },
  draft(members, draft) {
    const parts = eventOf(members);
    for (const member of parts) {
      if (member.key === 'System' && member.members !== null) system(member, draft);
      else if (member.key === 'EventData' && member.members !== null) {
        const attributes = attributesOf(member, parts);
        if (attributes.length > 0) draft.section({ ...element('EventData', []), attributes });
        eventData(member.members, draft);
      } else if (!isAttribute(member)) draft.section(elementOf(member));
    }
    if (parts === members) return;
    for (const member of members) {
      if (member.key === 'Event' || isAttribute(member)) continue;
      for (const { path, slot } of leavesOf([member])) draft.other(path, slot);
    }
  },
};

function eventOf(members: readonly Member[]): readonly Member[] {
  return members.find(({ key, members: inner }) => key === 'Event' && inner !== null)?.members ?? members;
}

function isAttribute({ key, members }: Member): boolean {
  return key.startsWith('@') || key === ATTRIBUTES || (key.endsWith(SUFFIX) && members !== null);
}

function system(member: Member, draft: Draft): void {
  const whole = elementOf(member);
  const built = { ...whole, children: whole.children.map(withAttributes) };
  for (const child of built.children) {
    const time = child.name === 'TimeCreated' ? child.attributes.find(isSystemTime)?.value : undefined;
    if (time?.kind === 'slot') draft.times.created.push(time.slot);
  }
  draft.system(built);
}

/** Elements of the header whose values are attributes, which Velociraptor writes like any other member. */
const attributed = new Set(['Provider', 'TimeCreated', 'Execution', 'Correlation', 'Security']);

function withAttributes(built: XmlElement): XmlElement {
  const leaves = built.children.filter(child => child.children.length === 0 && child.text.length === 1);
  if (attributed.has(built.name)) {
    const moved = leaves.map(({ name, text }) => ({ name, value: text[0]! }));
    const children = built.children.filter(child => !leaves.includes(child));
    return { ...built, attributes: [...built.attributes, ...moved], children };
  }
  const value = leaves.find(({ name }) => name === 'Value');
  if (built.name !== 'EventID' || value === undefined) return built;
  return { ...built, text: value.text, children: built.children.filter(child => child !== value) };
}

function isSystemTime({ name }: { readonly name: string }): boolean {
  return name === 'SystemTime';
}

function eventData(members: readonly Member[], draft: Draft): void {
  const known = new Set(members.map(({ key }) => key));
  for (const member of members) {
    if (isAttribute(member)) continue;
    const { key, slot, name } = member;
    const attributes = attributesOf(member, members);
    const texts = textsOf(member);
    if (key === 'Data') {
      for (const text of texts) draft.data(name ?? 'Data', text);
    } else if (member.members === null && attributes.length === 0) draft.data(original(key, known), slot);
    else if (texts.length > 0 && attributes.length === 0)
      for (const text of texts) draft.data(original(key, known), text);
    else draft.section(element('EventData', [elementOf(member, members)]));
  }
}

/** `Image_1` beside `Image` is a second `Image`. */
function original(key: string, known: ReadonlySet<string>): string {
  const parts = /^(.+)_\d{1,3}$/.exec(key);
  return parts !== null && known.has(parts[1]!) ? parts[1]! : key;
}

/** Slots of a member's own text. */
function textsOf({ slot, members }: Member): number[] {
  if (members === null) return [slot];
  return members.filter(({ key, members: inner }) => key === TEXT && inner === null).map(part => part.slot);
}

function attributesOf(member: Member, beside: readonly Member[]): XmlElement['attributes'] {
  const inside = member.members ?? [];
  const own = inside.flatMap(part =>
    part.key === ATTRIBUTES && part.members !== null ? part.members : part.key.startsWith('@') ? [part] : [],
  );
  const apart = beside.find(({ key, members }) => key === member.key + SUFFIX && members !== null);
  return [...own, ...(apart?.members ?? [])].flatMap(({ key, slot }) =>
    slot < 0 ? [] : [{ name: key.replace(/^@/, ''), value: { kind: 'slot', slot } as const }],
  );
}

/** A member as the element `name`; `beside`: the members of the object that it is in. */
function elementOf(member: Member, beside: readonly Member[] = [], name: string = member.key): XmlElement {
  const attributes = [...attributesOf(member, beside)];
  if (member.name !== null)
    attributes.unshift({ name: 'Name', value: { kind: 'constant', text: member.name } });
  const inside = member.members ?? [];
  const known = new Set(inside.map(({ key, members }) => (members === null ? key : tagOf(key))));
  const children = inside
    .filter(part => !isAttribute(part) && !(part.key === TEXT && part.members === null))
    .map(part => elementOf(part, inside, original(part.key, known)));
  for (const part of inside) {
    // Attributes of an element that is there in no other way.
    const tag = tagOf(part.key);
    if (tag === part.key || part.members === null || inside.some(({ key }) => key === tag)) continue;
    children.push(elementOf({ key: tag, slot: -1, members: [], name: null }, inside, original(tag, known)));
  }
  const text: ValueRef[] = textsOf(member).map(slot => ({ kind: 'slot', slot }));
  return { name, attributes, children, text };
}

/** `Provider` of `Provider_attributes`. */
function tagOf(key: string): string {
  return key.endsWith(SUFFIX) ? key.slice(0, -SUFFIX.length) : key;
}
