/**
 * A YAML (or JSON, which is YAML) file that is no rule, as a tree with places: the same reader and bounds as for rules, so
 * that other files of knowledge say as exactly where something is wrong.
 */
import { RuleError } from './errors.ts';
import type { Place } from './rule.ts';
import { parseJson } from './yaml/json.ts';
import { Lines } from './yaml/lines.ts';
import { parseYaml, type YamlNode } from './yaml/nodes.ts';
import { sliceDocuments } from './yaml/slices.ts';

export type YamlTree = {
  /** Null where the file is empty or no YAML: then `trouble` says why. */
  readonly root: YamlNode | null;
  readonly trouble: { readonly message: string; readonly place: Place } | null;
  /** Where an offset of the file stands. */
  readonly place: (at: number) => Place;
};

/** `path` is only written into places. Never throws. */
export function readTree(text: string, path: string): YamlTree {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  const lines = new Lines(body);
  const place = (at: number): Place => ({ path, document: 0, ...lines.locate(at) });
  const slices = sliceDocuments(body);
  const [slice, second] = slices;
  if (slice === undefined)
    return { root: null, trouble: { message: 'the file is empty', place: place(0) }, place };
  if (second !== undefined) {
    const message = "the file holds more than one YAML document: remove the line '---' between them";
    return { root: null, trouble: { message, place: place(second.start) }, place };
  }
  try {
    const root = parseJson(slice.text, slice.start) ?? parseYaml(slice.text, slice.start);
    return { root, trouble: null, place };
  } catch (error) {
    // A bound that JavaScript itself sets (its stack) is told like one of ours.
    const known = error instanceof RuleError ? error : new RuleError('too-large', 'it is nested too deep');
    return { root: null, trouble: { message: known.message, place: place(known.at ?? slice.start) }, place };
  }
}
