/** What a rule document says of itself: everything but its detection. */
import { quoted, RuleError } from './errors.ts';
import { type About, type Level, type LogSource, levels, type Status, statuses } from './rule.ts';
import { entry, type YamlMapping, type YamlNode } from './yaml/nodes.ts';

export type Warn = (message: string, at: number) => void;

/** The text under `name`; null where there is none. Lists and maps are left out with a warning. */
export function textOf(mapping: YamlMapping, name: string, warn: Warn): string | null {
  const node = entry(mapping, name)?.value;
  if (node === undefined || (node.kind === 'scalar' && node.type === 'null')) return null;
  if (node.kind === 'scalar') return node.text;
  const items = node.kind === 'sequence' ? scalarTexts(node) : [];
  if (items.length > 0) return items.join(', ');
  warn(`'${name}' should be text: it is left out`, node.at);
  return null;
}

/** The texts under `name`: a list, or one text. */
export function textsOf(mapping: YamlMapping, name: string): string[] {
  const node = entry(mapping, name)?.value;
  if (node === undefined || (node.kind === 'scalar' && node.type === 'null')) return [];
  return scalarTexts(node);
}

function scalarTexts(node: YamlNode): string[] {
  if (node.kind === 'scalar') return [node.text];
  if (node.kind === 'mapping') return [];
  return node.items.flatMap(item => (item.kind === 'scalar' && item.type !== 'null' ? [item.text] : []));
}

/** What every document that runs says about itself, but for its warnings, which are still to come. */
export function aboutOf(root: YamlMapping, warn: Warn): Omit<About, 'warnings'> {
  return {
    description: textOf(root, 'description', warn),
    author: textOf(root, 'author', warn),
    license: textOf(root, 'license', warn),
    version: textOf(root, 'modified', warn) ?? textOf(root, 'date', warn),
    references: textsOf(root, 'references'),
    tags: textsOf(root, 'tags'),
    falsePositives: textsOf(root, 'falsepositives'),
  };
}

export function levelOf(mapping: YamlMapping, warn: Warn): Level | null {
  return wordOf(mapping, 'level', levels, warn);
}

export function statusOf(mapping: YamlMapping, warn: Warn): Status | null {
  return wordOf(mapping, 'status', statuses, warn);
}

function wordOf<T extends string>(
  mapping: YamlMapping,
  name: string,
  words: readonly T[],
  warn: Warn,
): T | null {
  const written = textOf(mapping, name, warn);
  if (written === null) return null;
  const word = words.find(candidate => candidate === written.trim().toLowerCase());
  if (word === undefined) {
    warn(`'${name}' is ${quoted(written)}: it should be ${words.join(', ')}`, entry(mapping, name)!.value.at);
    return null;
  }
  return word;
}

/** Throws a `RuleError` unless the rule names product, category or service. */
export function logSourceOf(mapping: YamlMapping): LogSource {
  const found = entry(mapping, 'logsource');
  if (found === undefined) {
    throw new RuleError('logsource', "the rule has no 'logsource': say which logs it is for", mapping.at);
  }
  const node = found.value;
  if (node.kind !== 'mapping') {
    throw new RuleError('logsource', "'logsource' must be a map of product, category and service", node.at);
  }
  const attribute = (name: string): string | null => {
    const value = entry(node, name)?.value;
    if (value === undefined || (value.kind === 'scalar' && value.type === 'null')) return null;
    if (value.kind !== 'scalar')
      throw new RuleError('logsource', `'${name}' of the log source must be text`, value.at);
    return value.text.trim() === '' ? null : value.text.trim();
  };
  const source = {
    product: attribute('product'),
    category: attribute('category'),
    service: attribute('service'),
  };
  if (source.product === null && source.category === null && source.service === null) {
    throw new RuleError('logsource', "'logsource' names neither product, category nor service", found.key.at);
  }
  return source;
}
