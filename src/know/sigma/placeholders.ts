/** Values for `expand`, read from YAML: each placeholder's name with a value or a list of values. */
import { RuleError } from './errors.ts';
import { Lines } from './yaml/lines.ts';
import { parseYaml, type YamlNode } from './yaml/nodes.ts';

/** Throws an `Error` whose message names `path`, the line and what is wrong. */
export function readPlaceholders(text: string, path: string): Map<string, readonly string[]> {
  try {
    return toMap(parseYaml(text.replace(/^\ufeff/, ''), 0));
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const { line, column } = new Lines(text).locate(error.at ?? 0);
    throw new Error(`${path}:${line}:${column}: ${error.message}`);
  }
}

function toMap(root: YamlNode): Map<string, readonly string[]> {
  if (root.kind !== 'mapping') {
    throw new RuleError('value', 'a map of placeholder names to values is expected', root.at);
  }
  return new Map(root.entries.map(({ key, value }) => [key.text.replace(/^%(.*)%$/, '$1'), textsIn(value)]));
}

function textsIn(node: YamlNode): string[] {
  const items = node.kind === 'sequence' ? node.items : [node];
  return items.map(item => {
    if (item.kind !== 'scalar' || item.type === 'null') {
      throw new RuleError('value', 'a placeholder takes a text or a list of texts', item.at);
    }
    return item.text;
  });
}
