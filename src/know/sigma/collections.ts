/**
 * Old rule collections: a document with `action: global` is laid under all that follow, `repeat` takes what it
 * does not say from the document before it, `reset` forgets the global part.
 */
import { RuleError } from './errors.ts';
import { entry, type YamlEntry, type YamlMapping } from './yaml/nodes.ts';

export class Collection {
  #global: YamlMapping | null = null;
  #previous: YamlMapping | null = null;

  /** The rule that `document` stands for, or null where it only changes what follows. */
  next(document: YamlMapping): YamlMapping | null {
    const action = entry(document, 'action');
    const value = action?.value.kind === 'scalar' ? action.value.text : undefined;
    const own = action === undefined ? document : without(document, 'action');
    switch (value) {
      case 'global':
        this.#global = this.#global === null ? own : merge(this.#global, own);
        return null;
      case 'reset':
        this.#global = null;
        return null;
      case 'repeat':
        if (this.#previous === null)
          throw new RuleError('not-a-rule', "no rule stands before 'action: repeat'", action!.key.at);
        this.#previous = merge(this.#previous, own);
        return this.#previous;
      case undefined:
        if (action === undefined) break;
        throw new RuleError('not-a-rule', "'action' must be global, repeat or reset", action.key.at);
      default:
        throw new RuleError(
          'not-a-rule',
          `'action: ${value}' is not known: use global, repeat or reset`,
          action!.key.at,
        );
    }
    this.#previous = this.#global === null ? own : merge(this.#global, own);
    return this.#previous;
  }
}

function without(mapping: YamlMapping, name: string): YamlMapping {
  return { ...mapping, entries: mapping.entries.filter(({ key }) => key.text !== name) };
}

/** `above` laid over `below`: maps are merged, anything else is replaced. */
function merge(below: YamlMapping, above: YamlMapping): YamlMapping {
  const entries = new Map<string, YamlEntry>(below.entries.map(each => [each.key.text, each]));
  for (const each of above.entries) {
    const old = entries.get(each.key.text);
    const both = old?.value.kind === 'mapping' && each.value.kind === 'mapping';
    entries.set(
      each.key.text,
      both ? { key: each.key, value: merge(old.value as YamlMapping, each.value as YamlMapping) } : each,
    );
  }
  return { kind: 'mapping', entries: [...entries.values()], at: above.at };
}
