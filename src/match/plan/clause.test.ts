import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventBuilder } from '../../../test/event.ts';
import { arbitraryEvent, arbitraryRule } from '../../../test/generators.ts';
import { ANY, type Plan } from '../../know/sigma/index.ts';
import { fold } from '../../read/events/index.ts';
import { holds, type PlainEvent, plainEvent } from '../reference/index.ts';
import { Clauses, type LeafLiteral } from './clause.ts';
import { EVERY_VALUE, Group } from './group.ts';
import { eventIdsOf, type Variant } from './variants.ts';

const variant = (plan: Plan): Variant => ({
  rule: 0,
  plan,
  where: null,
  view: null,
  routed: null,
  conditioned: null,
});

function isMet({ text, place }: LeafLiteral, value: string): boolean {
  const folded = fold(value);
  if (place === 'whole') return folded === text;
  if (place === 'start') return folded.startsWith(text);
  return place === 'end' ? folded.endsWith(text) : folded.includes(text);
}

function valuesOf(event: PlainEvent, field: string | undefined): readonly string[] {
  return field === undefined ? event.values : (event.fields.get(field) ?? []);
}

describe('the clause of a condition', () => {
  test('is met by every event that satisfies the condition', () => {
    let met = 0;
    fc.assert(
      fc.property(
        arbitraryRule,
        fc.array(arbitraryEvent, { minLength: 1, maxLength: 6 }),
        ({ plan }, events) => {
          const group = new Group([variant(plan)]);
          const clauses = new Clauses(group);
          const clause = clauses.of(group.members[0]!.tree);
          if (clause === null) return;
          const builder = new EventBuilder();
          for (const from of events) {
            const event = plainEvent(builder.build(from));
            if (!holds(plan, event)) continue;
            met++;
            const isNecessary = [...clause.leaves].some(leaf => {
              const { field } = group.leaves[leaf]!;
              const values = valuesOf(event, field === EVERY_VALUE ? undefined : group.fields[field]);
              return clauses.literals(leaf)!.any.some(literal => values.some(value => isMet(literal, value)));
            });
            expect(isNecessary).toBe(true);
          }
        },
      ),
      { numRuns: 4000 },
    );
    expect(met).toBeGreaterThan(40);
  });
  const field = (name: string, ...any: string[]): Plan => ({
    op: 'field',
    field: name,
    test: { kind: 'text', any: any.map(text => [ANY, text, ANY]), cased: false },
  });
  const fieldsOf = (plan: Plan): string[] | null => {
    const group = new Group([variant(plan)]);
    const clause = new Clauses(group).of(group.members[0]!.tree);
    return clause === null ? null : [...clause.leaves].map(leaf => group.fields[group.leaves[leaf]!.field]!);
  };
  test('takes the rarest part of an AND', () => {
    expect(fieldsOf({ op: 'and', nodes: [field('A', '\\windows\\system32'), field('B', 'zqxj')] })).toEqual([
      'B',
    ]);
  });
  test('takes every part of an OR', () => {
    expect(fieldsOf({ op: 'or', nodes: [field('A', 'zqxj'), field('B', 'zqxk')] })?.sort()).toEqual([
      'A',
      'B',
    ]);
  });
  test('promises nothing of a NOT, nor of an OR with one', () => {
    const not: Plan = { op: 'not', node: field('A', 'zqxj') };
    expect(fieldsOf(not)).toBe(null);
    expect(fieldsOf({ op: 'or', nodes: [field('A', 'zqxj'), not] })).toBe(null);
  });
  test('is never about what all events of a kind share', () => {
    expect(fieldsOf({ op: 'and', nodes: [field('EventID', '4624'), field('A', 'windows')] })).toEqual(['A']);
  });
});

describe('the event ids of a condition', () => {
  test('hold for every event that satisfies it', () => {
    fc.assert(
      fc.property(arbitraryRule, arbitraryEvent, ({ plan }, from) => {
        const event = plainEvent(new EventBuilder().build(from));
        // Ids are read off the event's kind, so the field must say the same; the matcher makes sure of that.
        const ids = event.fields.get('EventID')?.join() === String(event.eventId) ? eventIdsOf(plan) : null;
        if (ids !== null && holds(plan, event)) expect(ids.has(event.eventId)).toBe(true);
      }),
      { numRuns: 4000 },
    );
  });
});
