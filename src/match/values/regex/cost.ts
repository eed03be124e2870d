/**
 * How much a backtracking engine may have to do for an expression, decided before it ever runs. The measure is the
 * number of steps that all walks of the expression along a text take together:
 *
 * - A part of which every next character decides the next step (its Glushkov automaton is deterministic, and
 *   no step can be reached in two ways) is walked in one way from each start. It ends at as many places as it has
 *   lengths: a word at one, however many steps it takes.
 * - Parts in a row: each is walked once for every end of those before it. So the ends multiply, and the steps add.
 * - Branches add. But of words that differ in one of the characters that they must begin with, one alone can end.
 * - An unbounded repetition of anything else has no bound: exponential.
 * - A search that is not anchored starts at every place.
 *
 * Where a part may end at any place, those places come one after the other: three of them can be chosen from a text of
 * length L in `(L + 3 over 3)` ways, a sixth of L³. So a cost is a sum of such numbers.
 *
 * The bound errs on the high side. What is over the budget runs on the linear engine instead, so an error in
 * that direction costs time and never correctness.
 */
import {
  type CharSet,
  isNullable,
  overlaps,
  type RegexNode,
  shortestMatch,
  sizeOf,
} from '../../../know/regex/index.ts';

/**
 * By number of places that are free to choose: in how many ways more. `Infinity` where there is no bound. Nothing is
 * behind the last of them.
 */
export type Cost = readonly number[];

/** Parts larger than this are taken as not deterministic: looking would cost more than it saves. */
const maxPositions = 400;
/** Free places of a cost that is worth writing down. */
const maxDegree = 24;

/** What a part takes: the steps of all its walks from one start, and the walks that come to its end. */
type Walks = { readonly steps: Cost; readonly ends: Cost };

const unbounded: Cost = [Number.POSITIVE_INFINITY];
const once: Cost = [1];
const anywhere: Cost = [0, 1];

function plus(a: Cost, b: Cost): Cost {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
}

function times(a: Cost, b: Cost): Cost {
  if (
    a.length + b.length > maxDegree ||
    a[0] === Number.POSITIVE_INFINITY ||
    b[0] === Number.POSITIVE_INFINITY
  )
    return unbounded;
  const product: number[] = new Array(a.length + b.length - 1).fill(0);
  for (const [i, x] of a.entries()) for (const [j, y] of b.entries()) product[i + j]! += x * y;
  return product;
}

function power(a: Cost, n: number): Cost {
  if (a.length === 1) return [a[0]! ** n];
  let product = once;
  for (let i = 0; i < n && product !== unbounded; i++) product = times(product, a);
  return product;
}

/** At most `count`, or any place where that is many. */
const atMost = (count: number, most: number): Cost => (count < most ? [count] : anywhere);

/** Cost of a search for `node` (trimmed for search) anywhere in a text. */
export function searchCost(node: RegexNode): Cost {
  const { steps } = walksOf(node);
  return isAnchored(node) ? steps : times(anywhere, steps);
}

/** Steps on a text of `length` characters. */
export function costAt(cost: Cost, length: number): number {
  let ways = 1;
  let sum = 0;
  for (const [places, more] of cost.entries()) {
    if (places > 0) ways *= (length + places) / places;
    if (more > 0) sum += more * ways;
  }
  return sum;
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

/** Places at which the branches of a node part. */
function choices(node: RegexNode): number {
  switch (node.op) {
    case 'set':
    case 'assert':
      return 0;
    case 'either':
      return node.nodes.reduce((sum, child) => sum + choices(child), node.nodes.length);
    case 'sequence':
      return node.nodes.reduce((sum, child) => sum + choices(child), 0);
    case 'repeat':
      return choices(node.node);
  }
}

function walksOf(node: RegexNode): Walks {
  if (node.op === 'repeat' && node.node.op === 'set') {
    const most = maxPositions * 10;
    return { steps: atMost(node.max + 1, most + 1), ends: atMost(node.max - node.min + 1, most + 1) };
  }
  if (isDeterministic(node)) {
    const length = longest(node);
    const steps = times(atMost(length + 1, maxPositions + 1), [1 + choices(node)]);
    return { steps, ends: atMost(length - shortestMatch(node) + 1, maxPositions + 1) };
  }
  switch (node.op) {
    case 'set':
    case 'assert':
      return { steps: once, ends: once };
    case 'either':
      return walksOfBranches(node.nodes);
    case 'repeat': {
      if (node.max === Number.POSITIVE_INFINITY) return { steps: unbounded, ends: unbounded };
      const { steps, ends } = walksOf(node.node);
      return {
        steps: plus(once, times([node.max], times(power(ends, Math.max(0, node.max - 1)), steps))),
        ends: times([node.max - node.min + 1], power(ends, node.max)),
      };
    }
    case 'sequence':
      return walksOfSequence(node.nodes);
  }
}

/** The longest deterministic pieces, taken greedily from the left. */
function walksOfSequence(nodes: readonly RegexNode[]): Walks {
  let steps = once;
  let ends = once;
  let from = 0;
  while (from < nodes.length) {
    let to = from + 1;
    while (to < nodes.length && isDeterministic({ op: 'sequence', nodes: nodes.slice(from, to + 1) })) to++;
    const piece: RegexNode =
      to === from + 1 ? nodes[from]! : { op: 'sequence', nodes: nodes.slice(from, to) };
    const walks = walksOf(piece);
    steps = plus(steps, times(ends, walks.steps));
    ends = times(ends, walks.ends);
    from = to;
  }
  return { steps, ends };
}

/** More branches are not compared with one another. */
const maxBranches = 100;

/** Of branches that exclude one another, one alone can end; so at most as many as one of them goes along with. */
function walksOfBranches(nodes: readonly RegexNode[]): Walks {
  const walks = nodes.map(walksOf);
  const steps = walks.reduce((sum, each) => plus(sum, each.steps), once);
  const all = walks.reduce((sum, each) => plus(sum, each.ends), [0] as Cost);
  // Ways that depend on the text are no numbers that could be put in order.
  if (nodes.length > maxBranches || all.length > 1) return { steps, ends: all };
  const beginnings = nodes.map(node => beginningOf(node).sets);
  const together = beginnings.map(one => beginnings.filter(other => mayBothBegin(one, other)).length);
  const ways = walks.map(({ ends }) => ends[0]!).sort((a, b) => b - a);
  const most = ways.slice(0, Math.max(...together));
  return { steps, ends: [most.reduce((sum, each) => sum + each, 0)] };
}

/** Characters of a beginning that are looked at. */
const maxBeginning = 24;

/** What each match must begin with, character by character, as far as that is fixed; `whole`: that is all of it. */
function beginningOf(node: RegexNode): { readonly sets: readonly CharSet[]; readonly whole: boolean } {
  switch (node.op) {
    case 'set':
      return { sets: [node.set], whole: true };
    case 'assert':
      return { sets: [], whole: true };
    case 'either':
      return { sets: [], whole: false };
    case 'repeat': {
      const { sets, whole } = beginningOf(node.node);
      if (node.min === 0) return { sets: [], whole: node.max === 0 };
      if (!whole) return { sets, whole };
      const copies = sets.length === 0 ? 0 : Math.min(node.min, maxBeginning);
      const all = Array.from({ length: copies }, () => sets).flat();
      return { sets: all, whole: copies === node.min && node.min === node.max };
    }
    case 'sequence': {
      const all: CharSet[] = [];
      for (const child of node.nodes) {
        const { sets, whole } = beginningOf(child);
        all.push(...sets);
        if (!whole || all.length >= maxBeginning) return { sets: all, whole: false };
      }
      return { sets: all, whole: true };
    }
  }
}

/** True if a text may begin as both say. */
function mayBothBegin(one: readonly CharSet[], other: readonly CharSet[]): boolean {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) if (!overlaps(one[i]!, other[i]!)) return false;
  return true;
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
