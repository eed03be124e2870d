/**
 * How much a backtracking engine may have to do for an expression, decided before it ever runs. The measure
 * is the number of ways in which the expression can be walked along a text of length L, bounded by
 * `ways × L^degree`:
 *
 * - A part of which every next character decides the next step (its Glushkov automaton is deterministic, and
 *   no step can be reached in two ways) is walked in one way from each start: at most L ends.
 * - Parts in a row multiply; branches add.
 * - An unbounded repetition of anything else has no such bound: exponential.
 * - A search that is not anchored starts at every place: one degree more.
 *
 * The bound errs on the high side. What is over the budget runs on the linear engine instead, so an error in
 * that direction costs time and never correctness.
 */
import { type CharSet, isNullable, overlaps, type RegexNode, sizeOf } from '../../../know/regex/index.ts';

/** `Infinity` ways where there is no polynomial bound. */
export type Cost = { readonly ways: number; readonly degree: number };

/** Parts larger than this are taken as not deterministic: looking would cost more than it saves. */
const maxPositions = 400;

const unbounded: Cost = { ways: Number.POSITIVE_INFINITY, degree: 0 };

/** Cost of a search for `node` (trimmed for search) anywhere in a text. */
export function searchCost(node: RegexNode): Cost {
  const { ways, degree } = costOf(node);
  return isAnchored(node) ? { ways, degree } : { ways, degree: degree + 1 };
}

/** True if a match can only begin where the text does. */
function isAnchored(node: RegexNode): boolean {
  switch (node.op) {
    case 'assert':
      return node.at === 'start';
    case 'sequence':
      return node.nodes.length > 0 && isAnchored(node.nodes[0]!);
    case 'either':
      return node.nodes.length > 0 && node.nodes.every(isAnchored);
    case 'set':
    case 'repeat':
      return false;
  }
}

/** Characters of the longest match, Infinity where there is no bound. */
function longest(node: RegexNode): number {
  switch (node.op) {
    case 'set':
      return 1;
    case 'assert':
      return 0;
    case 'sequence':
      return node.nodes.reduce((sum, child) => sum + longest(child), 0);
    case 'either':
      return node.nodes.reduce((most, child) => Math.max(most, longest(child)), 0);
    case 'repeat': {
      const one = longest(node.node);
      return one === 0 ? 0 : one * node.max;
    }
  }
}

function costOf(node: RegexNode): Cost {
  if (node.op === 'repeat' && node.node.op === 'set') {
    return node.max < maxPositions * 10 ? { ways: node.max + 1, degree: 0 } : { ways: 1, degree: 1 };
  }
  if (isDeterministic(node)) {
    const length = longest(node);
    return length < maxPositions ? { ways: length + 1, degree: 0 } : { ways: 1, degree: 1 };
  }
  switch (node.op) {
    case 'set':
    case 'assert':
      return { ways: 1, degree: 0 };
    case 'either':
      return node.nodes
        .map(costOf)
        .reduce((sum, cost) => ({ ways: sum.ways + cost.ways, degree: Math.max(sum.degree, cost.degree) }), {
          ways: 0,
          degree: 0,
        });
    case 'repeat': {
      if (node.max === Number.POSITIVE_INFINITY) return unbounded;
      const { ways, degree } = costOf(node.node);
      return { ways: (node.max - node.min + 1) * ways ** node.max, degree: degree * node.max };
    }
    case 'sequence':
      return costOfSequence(node.nodes);
  }
}

/** The product of the costs of the longest deterministic pieces, taken greedily from the left. */
function costOfSequence(nodes: readonly RegexNode[]): Cost {
  let ways = 1;
  let degree = 0;
  let from = 0;
  while (from < nodes.length) {
    let to = from + 1;
    while (to < nodes.length && isDeterministic({ op: 'sequence', nodes: nodes.slice(from, to + 1) })) to++;
    const piece: RegexNode =
      to === from + 1 ? nodes[from]! : { op: 'sequence', nodes: nodes.slice(from, to) };
    const cost = costOf(piece);
    ways *= cost.ways;
    degree += cost.degree;
    from = to;
  }
  return { ways, degree };
}

/** A Glushkov automaton in the making: the sets of all positions, and what may follow each. */
type Automaton = { readonly sets: CharSet[]; readonly follow: number[][] };
type Edges = { readonly first: readonly number[]; readonly last: readonly number[] };

/**
 * True if from the start, and after every character, at most one step can take the next character, and that
 * in one way only. Steps are kept with repetition, so that two ways to the same step count as two.
 */
function isDeterministic(node: RegexNode): boolean {
  if (sizeOf(node) > maxPositions || hasEmptyWays(node)) return false;
  const automaton: Automaton = { sets: [], follow: [] };
  const { first } = edgesOf(node, automaton);
  const disjoint = (positions: readonly number[]): boolean =>
    positions.every((a, i) =>
      positions.slice(i + 1).every(b => !overlaps(automaton.sets[a]!, automaton.sets[b]!)),
    );
  return disjoint(first) && automaton.follow.every(disjoint);
}

/** True if there may be two ways to match the empty text somewhere in it: they multiply without a character. */
function hasEmptyWays(node: RegexNode): boolean {
  switch (node.op) {
    case 'set':
    case 'assert':
      return false;
    case 'sequence':
      return node.nodes.some(hasEmptyWays);
    case 'either':
      return node.nodes.filter(isNullable).length > 1 || node.nodes.some(hasEmptyWays);
    case 'repeat':
      return isNullable(node.node) || hasEmptyWays(node.node);
  }
}

const noEdges: Edges = { first: [], last: [] };

function edgesOf(node: RegexNode, automaton: Automaton): Edges {
  switch (node.op) {
    case 'assert':
      return noEdges;
    case 'set': {
      const position = automaton.sets.length;
      automaton.sets.push(node.set);
      automaton.follow.push([]);
      return { first: [position], last: [position] };
    }
    case 'either': {
      const all = node.nodes.map(child => edgesOf(child, automaton));
      return { first: all.flatMap(edges => edges.first), last: all.flatMap(edges => edges.last) };
    }
    case 'sequence':
      return edgesOfSequence(
        node.nodes.map(child => ({ edges: edgesOf(child, automaton), nullable: isNullable(child) })),
        automaton,
      );
    case 'repeat':
      return edgesOfRepeat(node.node, node.min, node.max, automaton);
  }
}

/** Written out as engines walk it, nested: after each copy either the next one or the end. */
function edgesOfRepeat(node: RegexNode, min: number, max: number, automaton: Automaton): Edges {
  const copies = max === Number.POSITIVE_INFINITY ? Math.max(1, min) : max;
  let first: readonly number[] = [];
  const last: number[] = [];
  let previous = noEdges;
  for (let i = 0; i < copies; i++) {
    const edges = edgesOf(node, automaton);
    if (i === 0) first = edges.first;
    for (const position of previous.last) automaton.follow[position]!.push(...edges.first);
    if (i + 1 >= min) last.push(...edges.last);
    previous = edges;
  }
  if (max === Number.POSITIVE_INFINITY) {
    for (const position of previous.last) automaton.follow[position]!.push(...previous.first);
  }
  return { first, last };
}

function edgesOfSequence(
  pieces: readonly { readonly edges: Edges; readonly nullable: boolean }[],
  automaton: Automaton,
): Edges {
  let first: readonly number[] = [];
  let last: readonly number[] = [];
  let nullable = true;
  for (const piece of pieces) {
    for (const position of last) automaton.follow[position]!.push(...piece.edges.first);
    if (nullable) first = [...first, ...piece.edges.first];
    last = piece.nullable ? [...last, ...piece.edges.last] : piece.edges.last;
    nullable &&= piece.nullable;
  }
  return { first, last };
}
