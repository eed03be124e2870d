/**
 * Text of a rule file → typed rules. Never throws: whatever makes a document unusable becomes a `Rejection`
 * with reason, one sentence and a place, and the other documents of the file are read all the same.
 */
import { createHash } from 'node:crypto';
import { Collection } from './collections.ts';
import { parseCorrelation } from './correlations/index.ts';
import { compilePlan, type DetectionContext } from './detections/index.ts';
import type { RuleDocument } from './document.ts';
import { RuleError } from './errors.ts';
import { parseFilter } from './filters.ts';
import { aboutOf, levelOf, logSourceOf, statusOf, textOf } from './head.ts';
import { limits } from './limits.ts';
import type { Place, Rejection, RejectionReason, RuleHead, Warning } from './rule.ts';
import { Lines } from './yaml/lines.ts';
import { entry, parseYaml, type YamlMapping, type YamlNode } from './yaml/nodes.ts';
import { type Slice, sliceDocuments } from './yaml/slices.ts';

export type ParseOptions = {
  /** Values for `expand`, by placeholder name; a rule that names another is refused. */
  readonly placeholders?: ReadonlyMap<string, readonly string[]>;
};

/**
 * The rules of a file, one entry per YAML document in order. `path` is only written into places. A file that
 * holds nothing is one rejection, so that no file goes missing.
 */
export function parseRules(text: string, path: string, options: ParseOptions = {}): RuleDocument[] {
  return new FileParser(text.startsWith('\ufeff') ? text.slice(1) : text, path, options).parse();
}

/** A rejection of a whole file, for whoever could not even read it. */
export function rejectFile(path: string, reason: RejectionReason, message: string): Rejection {
  const place = { path, document: 0, line: 1, column: 1 };
  return { kind: 'rejection', ...emptyHead(place, createHash('sha256').digest('hex')), reason, message };
}

function emptyHead(place: Place, sha256: string): RuleHead {
  return { id: null, sha256, title: null, name: null, level: null, status: null, place };
}

class FileParser {
  readonly #text: string;
  readonly #path: string;
  readonly #options: ParseOptions;
  readonly #lines: Lines;
  readonly #collection = new Collection();
  /** Text of `action: global` documents, part of what the rules after it are. */
  #globalText = '';

  constructor(text: string, path: string, options: ParseOptions) {
    this.#text = text;
    this.#path = path;
    this.#options = options;
    this.#lines = new Lines(text);
  }

  parse(): RuleDocument[] {
    const tooLarge = `the file is larger than ${limits.fileLength} characters`;
    if (this.#text.length > limits.fileLength) return [rejectFile(this.#path, 'too-large', tooLarge)];
    const slices = sliceDocuments(this.#text);
    if (slices.length === 0) return [rejectFile(this.#path, 'not-a-rule', 'the file holds no YAML document')];
    const documents: RuleDocument[] = [];
    for (const [index, slice] of slices.entries()) {
      if (documents.length === limits.documents) {
        documents.push(
          this.#reject(
            slice,
            index,
            null,
            new RuleError('too-large', `more than ${limits.documents} documents in one file`, slice.start),
          ),
        );
        break;
      }
      const document = this.#document(slice, index);
      if (document !== null) documents.push(document);
    }
    if (documents.length === 0) {
      return [
        rejectFile(
          this.#path,
          'not-a-rule',
          "the file holds 'action: global' only, and no rule that it is for",
        ),
      ];
    }
    return documents;
  }

  #place(at: number, document: number): Place {
    return { path: this.#path, document, ...this.#lines.locate(at) };
  }

  #document(slice: Slice, index: number): RuleDocument | null {
    let root: YamlNode | null = null;
    let rule: YamlMapping | null = null;
    try {
      root = parseYaml(slice.text, slice.start);
      if (root.kind !== 'mapping') {
        throw new RuleError(
          'not-a-rule',
          'the document is not a map: a Sigma rule has title, logsource and detection',
          root.at,
        );
      }
      rule = this.#collection.next(root);
      if (rule === null) {
        this.#globalText =
          entry(root, 'action')?.value.kind === 'scalar' && textOf(root, 'action', () => {}) === 'global'
            ? this.#globalText + slice.text
            : '';
        return null;
      }
      return this.#rule(slice, index, rule);
    } catch (error) {
      return this.#reject(
        slice,
        index,
        rule ?? (root?.kind === 'mapping' ? root : null),
        asRuleError(error, slice.start),
      );
    }
  }

  #head(
    slice: Slice,
    index: number,
    root: YamlMapping,
    warn: (message: string, at: number) => void,
  ): RuleHead {
    return {
      id: textOf(root, 'id', warn)?.trim() || null,
      sha256: createHash('sha256').update(this.#globalText).update(slice.text).digest('hex'),
      title: textOf(root, 'title', warn),
      name: textOf(root, 'name', warn),
      level: levelOf(root, warn),
      status: statusOf(root, warn),
      place: this.#place(root.at, index),
    };
  }

  #reject(slice: Slice, index: number, root: YamlMapping | null, error: RuleError): Rejection {
    const place = this.#place(error.at ?? slice.start, index);
    const sha256 = createHash('sha256').update(this.#globalText).update(slice.text).digest('hex');
    const head = root === null ? emptyHead(place, sha256) : this.#head(slice, index, root, () => {});
    return { kind: 'rejection', ...head, place, reason: error.reason, message: error.message };
  }

  #rule(slice: Slice, index: number, root: YamlMapping): RuleDocument {
    const warnings: Warning[] = [];
    const warn = (message: string, at: number): void => {
      if (warnings.length < limits.warnings) warnings.push({ message, place: this.#place(at, index) });
    };
    const head = this.#head(slice, index, root, warn);
    const context: DetectionContext = { placeholders: this.#options.placeholders ?? new Map(), warn };
    const about = aboutOf(root, warn);
    const correlation = entry(root, 'correlation');
    if (correlation !== undefined) {
      const { ruleOffsets, ...parts } = parseCorrelation(correlation.value, warn);
      const rulePlaces = ruleOffsets.map(at => this.#place(at, index));
      return { kind: 'correlation', ...head, ...about, ...parts, rulePlaces, warnings };
    }
    const detection = entry(root, 'detection');
    const filter = entry(root, 'filter');
    if (detection === undefined && filter !== undefined) {
      const logSource = logSourceOf(root);
      return {
        kind: 'filter',
        ...head,
        ...about,
        logSource,
        ...parseFilter(filter.value, context),
        warnings,
      };
    }
    if (detection === undefined && entry(root, 'logsource') === undefined) {
      throw new RuleError(
        'not-a-rule',
        'the document has neither logsource nor detection, so it is not a Sigma rule',
        root.at,
      );
    }
    const logSource = logSourceOf(root);
    if (detection === undefined) throw new RuleError('detection', "the rule has no 'detection'", root.at);
    if (detection.value.kind !== 'mapping') {
      throw new RuleError('detection', "'detection' must be a map of search identifiers", detection.value.at);
    }
    const plan = compilePlan(detection.value, context);
    return { kind: 'rule', ...head, ...about, logSource, plan, warnings };
  }
}

/** Anything else than a refusal is a bound that JavaScript itself set (its stack), or our mistake: never a crash. */
function asRuleError(error: unknown, at: number): RuleError {
  if (error instanceof RuleError)
    return error.at === null ? new RuleError(error.reason, error.message, at) : error;
  if (error instanceof RangeError) return new RuleError('too-large', 'the document is nested too deep', at);
  return new RuleError('yaml', `the document cannot be read: ${(error as Error)?.message}`, at);
}
