/** Checks of correlations beside what they are fed with. */
import { reachable, routesOf, views } from '../logsources/index.ts';
import { inputField, type LinkedCorrelation } from '../rulesets/index.ts';
import type { Correlation, Rule } from '../sigma/index.ts';
import { type CheckedSet, placeWithin, type SetCheck, titleOf } from './problem.ts';

type Fed = LinkedCorrelation['correlation'];
type Source = Rule | Correlation;

/** Each linked correlation with the documents that feed it. */
function* fed({ documents, linked }: CheckedSet): Generator<{ correlation: Fed; sources: Source[] }> {
  for (const { document, inputs } of linked.correlations) {
    yield {
      correlation: documents[document] as Correlation,
      sources: inputs.map(input => linked.documents[input.document] as Source),
    };
  }
}

/** Temporal types without an expression or bounds need each of their rules. */
function needsAll({ type, condition }: Correlation): boolean {
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  return isTemporal && condition.occurrence === null && condition.bounds.length === 0;
}

export const inputWithoutField: SetCheck = {
  code: 'input-without-field',
  severity: 'warning',
  about: 'A field that a correlation groups by or counts means nothing in one of the rules that feed it',
  *run(set, written) {
    for (const { correlation, sources } of fed(set)) {
      const { groupBy, condition } = correlation;
      const named = [
        ...groupBy.map(name => ({ name, key: 'group-by', loss: 'join no group' })),
        ...condition.fields.map(name => ({ name, key: 'condition', loss: 'have no value to count' })),
      ];
      for (const { name, key, loss } of named) {
        const without = sources.filter((source, i) => inputField(correlation, i, source, name) === null);
        if (without.length === 0) continue;
        const never = needsAll(correlation) || without.length === sources.length;
        const isAlias = correlation.aliases.some(alias => alias.name === name);
        const why = isAlias ? `the alias '${name}' leaves it out` : `it does not group by '${name}'`;
        yield {
          document: correlation,
          message:
            `hits of ${without.map(titleOf).join(', ')} ${loss}: ${without.length === 1 ? why : why.replace(/\bit\b/, 'each')}` +
            (never ? '; the correlation can never fire' : ''),
          place: placeWithin(correlation, written, 'correlation', key, name),
        };
      }
    }
  },
};

export const groupBlind: SetCheck = {
  code: 'group-blind',
  severity: 'note',
  about: 'One of the sources of a rule never has a field by which a correlation groups or counts its hits',
  *run(set, written) {
    for (const { correlation, sources } of fed(set)) {
      const { groupBy, condition } = correlation;
      for (const [position, source] of sources.entries()) {
        if (source.kind !== 'rule') continue;
        for (const name of new Set([...groupBy, ...condition.fields])) {
          const field = inputField(correlation, position, source, name);
          const labels = field === null ? [] : lackingSources(source, field);
          if (labels.length === 0) continue;
          const key = groupBy.includes(name) ? 'group-by' : 'condition';
          yield {
            document: correlation,
            message: `hits of ${titleOf(source)} on ${labels.join(', ')} do not count: ${field} is never there`,
            place: placeWithin(correlation, written, 'correlation', key, name),
          };
        }
      }
    }
  },
};

/** Labels of the sources on which the rule can fire and which never have the field. */
function lackingSources(rule: Rule, field: string): string[] {
  return (routesOf(rule.logSource) ?? []).flatMap(route => {
    const view = views.get(route.view);
    if (view?.absent.has(field) !== true) return [];
    return reachable(rule.plan, view).reachable ? [view.label] : [];
  });
}

export const referenceLeftOut: SetCheck = {
  code: 'reference-left-out',
  severity: 'note',
  about: 'A correlation refers to a deprecated or unsupported rule, which runs for it all the same',
  *run(set) {
    for (const { correlation, sources } of fed(set)) {
      for (const [position, source] of sources.entries()) {
        if (source.status !== 'deprecated' && source.status !== 'unsupported') continue;
        yield {
          document: correlation,
          message: `${titleOf(source)} is ${source.status}: it runs for this correlation only`,
          place: correlation.rulePlaces[position]!,
        };
      }
    }
  },
};

export const referenceUnread: SetCheck = {
  code: 'reference-unread',
  severity: 'note',
  about: 'A correlation refers to a rule for logs that this version does not read',
  *run(set) {
    for (const { correlation, sources } of fed(set)) {
      for (const [position, source] of sources.entries()) {
        if (source.kind !== 'rule' || routesOf(source.logSource) !== null) continue;
        const never = needsAll(correlation) || sources.length === 1;
        yield {
          document: correlation,
          message: `${titleOf(source)} is never asked: this version reads no such logs${never ? '; the correlation can never fire' : ''}`,
          place: correlation.rulePlaces[position]!,
        };
      }
    }
  },
};
