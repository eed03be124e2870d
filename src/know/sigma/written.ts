/**
 * What a rule file says, word for word and with places: for checks of what parsing has no use for (dates) or keeps
 * without its place (tags). Parsed only for files that a check asks about; costs what parsing YAML costs.
 */
import type { Place } from './rule.ts';
import { Lines } from './yaml/lines.ts';
import { entry, parseYaml, type YamlMapping, type YamlNode } from './yaml/nodes.ts';
import { sliceDocuments } from './yaml/slices.ts';

export type WrittenText = { readonly text: string; readonly place: Place };

/** Entries of one document, or of a map in it; empty where it is no map, or says it in another document (`action: global`). */
export type Written = {
  /** Where the key stands; null where it does not. */
  key(name: string): Place | null;
  /** The scalar under the key, or those of its list, as written; without nulls. */
  texts(name: string): readonly WrittenText[];
  /** What the map under the key says; nothing where there is none. */
  within(name: string): Written;
};

const nothing: Written = { key: () => null, texts: () => [], within: () => nothing };

/** By document of the file (as in `Place.document`) what it says. What is no YAML says nothing. */
export function readWritten(text: string, path: string): (document: number) => Written {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  const lines = new Lines(body);
  const slices = sliceDocuments(body);
  const known = new Map<number, Written>();
  return document => {
    let written = known.get(document);
    if (written === undefined) {
      const slice = slices[document];
      const root = slice === undefined ? null : rootOf(slice.text, slice.start);
      written = root === null ? nothing : writtenIn(root, at => ({ path, document, ...lines.locate(at) }));
      known.set(document, written);
    }
    return written;
  };
}

function rootOf(text: string, start: number): YamlMapping | null {
  try {
    const root = parseYaml(text, start);
    return root.kind === 'mapping' ? root : null;
  } catch {
    return null;
  }
}

function writtenIn(root: YamlMapping, place: (at: number) => Place): Written {
  const scalars = (node: YamlNode): WrittenText[] => {
    if (node.kind === 'sequence')
      return node.items.flatMap(item => (item.kind === 'scalar' ? scalars(item) : []));
    return node.kind === 'scalar' && node.type !== 'null' ? [{ text: node.text, place: place(node.at) }] : [];
  };
  return {
    key(name) {
      const found = entry(root, name);
      return found === undefined ? null : place(found.key.at);
    },
    texts(name) {
      const found = entry(root, name);
      return found === undefined ? [] : scalars(found.value);
    },
    within(name) {
      const found = entry(root, name)?.value;
      return found?.kind === 'mapping' ? writtenIn(found, place) : nothing;
    },
  };
}
