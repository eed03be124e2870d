/** Which process started which, as far as evidence says so: nested lists, a tree for each that nobody in evidence started. */
import { counted } from '../terminal/index.ts';
import { type Html, html } from './html.ts';
import { details, list, name, section } from './parts.ts';
import { stageSign } from './shapes.ts';
import { clipped, groupBy, PID_LASTS, type Shown, type Story, type View } from './view.ts';

const MOST_TREES = 200;
/** As many stand open from the start. */
const MOST_OPEN = 30;
/** Of a command line; its row has it all. */
const MOST_SAID = 200;
/** Deeper ones are flattened: a hostile log can make a chain of any length. */
const MOST_DEPTH = 12;

type Tree = { readonly shown: Shown; readonly children: Tree[] };

export function processesSection(view: View): Html {
  const told = view.stories.map(story => treesOf(story, view)).filter(each => each !== null);
  return section('processes', 'Process trees', [
    html`<p>Only processes that are evidence themselves, and the one that started them.</p>`,
    told.length === 0 ? html`<p>No evidence names a process.</p>` : html`${told}`,
  ]);
}

function treesOf({ intrusion, of, shown }: Story, view: View): Html | null {
  const roots = forest(shown, view);
  if (roots.length === 0) return null;
  const byHost = groupBy(roots.slice(0, MOST_TREES), ({ shown }) => shown.evidence.host);
  const left = roots.length - MOST_TREES;
  return html`<div data-intrusion="${intrusion.id}">${details(
    `${counted(roots.length, 'tree')} of story ${of + 1}`,
    html`${[...byHost].map(([host, trees]) => html`<h3>${name(host)}</h3><div class="tree">${list(byParent(trees).map(each => siblings(each, view)))}</div>`)}${
      left > 0 && html`<p class="left">${counted(left, 'more tree')}; the evidence table has all.</p>`
    }`,
    { onPaper: of === 0, isOpen: of === 0 && roots.length <= MOST_OPEN },
  )}</div>`;
}

/** Starts of processes and what they did, under their parents. */
function forest(shown: readonly Shown[], { evidence }: View): Tree[] {
  const trees = new Map<Shown, Tree & { depth: number }>();
  const roots: Tree[] = [];
  for (const each of shown) {
    const { type, values } = each.evidence.fact;
    const parent = each.parent < 0 ? undefined : trees.get(evidence[each.parent]!);
    const deep = parent !== undefined && parent.depth >= MOST_DEPTH;
    const tree = {
      shown: each,
      children: [],
      depth: parent === undefined ? 0 : parent.depth + (deep ? 0 : 1),
    };
    if (parent !== undefined && !deep) parent.children.push(tree);
    else if (deep || type === 'process-start' || values.image !== undefined) roots.push(tree);
    else continue;
    trees.set(each, tree);
  }
  return roots;
}

/** Trees that one process started: the same ProcessGuid, or the same id again before it could be another's. */
function byParent(roots: readonly Tree[]): Tree[][] {
  const groups: Tree[][] = [];
  const open = new Map<string, Tree[]>();
  for (const tree of roots) {
    const { parentGuid, parentPid } = tree.shown.evidence.fact.values;
    const key = parentGuid ?? (parentPid === undefined ? null : `${parentPid}`);
    const group = key === null ? undefined : open.get(key);
    const last = group?.at(-1)?.shown.evidence.micros ?? Number.NEGATIVE_INFINITY;
    if (group !== undefined && (parentGuid !== undefined || tree.shown.evidence.micros - last <= PID_LASTS)) {
      group.push(tree);
      continue;
    }
    const fresh = [tree];
    groups.push(fresh);
    if (key !== null) open.set(key, fresh);
  }
  return groups;
}

function siblings(trees: readonly Tree[], view: View): Html {
  const { parentImage, parentCommandLine } = trees[0]!.shown.evidence.fact.values;
  const said = parentCommandLine ?? parentImage;
  const branches = trees.map(each => branch(each, view));
  if (said === undefined && trees.length === 1) return branches[0]!;
  const parent = said === undefined ? 'a process of unknown name' : clipped(said, MOST_SAID);
  return html`<span class="beyond">${parent} (not evidence)</span>${list(branches)}`;
}

function branch({ shown: { evidence, row }, children }: Tree, view: View): Html {
  const { pid } = evidence.fact.values;
  return html`${stageSign(evidence.stage)} <a href="#${row}"><code>${clipped(evidence.example, MOST_SAID)}</code></a> <span class="meta">${
    pid !== undefined && `process ${pid}, `
  }${evidence.account !== null && html`${name(evidence.account)}, `}${view.clock.at(evidence.micros)}</span>${list(children.map(each => branch(each, view)))}`;
}
