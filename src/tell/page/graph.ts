/** Who came from where to which host: a drawing in layers, and the same as a table. */
import { counted, plain } from '../terminal/index.ts';
import { type Html, html } from './html.ts';
import { type Edge, layOut, type Node } from './layers.ts';
import { sourceOf } from './page-data.ts';
import { details, name, section, table } from './parts.ts';
import { round } from './shapes.ts';
import { isTime } from './times.ts';
import type { View } from './view.ts';

const WIDTH = 1000;
const ROW = 44;
const TOP = 40;
const BOX = 240;
const columns = [1, 340, 680] as const;
const titles = ['From', 'Account', 'Host'] as const;
/** Of each layer; the first to appear. */
const MOST = 25;
const MOST_ROWS = 300;

/** An edge with the evidence behind it. */
export type Tie = Edge & { readonly count: number; readonly first: number; readonly last: number };

export function graphSection(view: View): Html {
  const { layers, ties } = entities(view);
  const left = layers.reduce((sum, keys) => sum + Math.max(0, keys.length - MOST), 0);
  if (view.evidence.length === 0) return section('graph', 'Who and where', html`<p>No evidence to draw.</p>`);
  const rows = ties
    .slice(0, MOST_ROWS)
    .map(
      ({ from, to, count, first, last }) =>
        html`<tr><td>${nameOf(from)}</td><td>${nameOf(to)}</td><td class="number">${count}</td><td>${view.clock.span(first, last)}</td></tr>`,
    );
  return section('graph', 'Who and where', [
    html`<p>Where the evidence says so: from which address, as which account, on which host; a curve on the right leads from host to host. A thicker line stands for more evidence.</p>`,
    html`<div class="scroll drawing" role="group" aria-label="A drawing that may scroll sideways" tabindex="0" id="graph-drawing">${drawing(layers, ties, view)}</div>`,
    left > 0 &&
      html`<p class="left">${counted(left, 'more address, account or host', 'more addresses, accounts and hosts')} not drawn.</p>`,
    details(
      'The graph as a table',
      html`${table('Entities that evidence names together', ['From', 'To', 'Evidence', 'When'], rows)}${
        ties.length > MOST_ROWS && html`<p class="left">${counted(ties.length - MOST_ROWS, 'more line')}.</p>`
      }`,
      { onPaper: false },
    ),
  ]);
}

/** Keys are a letter of the layer and the name, so that an account and a host of one name are two. */
export function entities(view: View): { layers: string[][]; ties: Tie[] } {
  const keys: [Set<string>, Set<string>, Set<string>] = [new Set(), new Set(), new Set()];
  const ties = new Map<string, { from: string; to: string; count: number; first: number; last: number }>();
  const tie = (from: string, to: string, micros: number): void => {
    const key = JSON.stringify([from, to]);
    const known = ties.get(key);
    const [first, last] = isTime(micros) ? [micros, micros] : [Infinity, -Infinity];
    if (known === undefined) ties.set(key, { from, to, count: 1, first, last });
    else {
      known.count++;
      known.first = Math.min(known.first, first);
      known.last = Math.max(known.last, last);
    }
  };
  for (const { intrusion, shown } of view.stories) {
    const sources = new Set(intrusion.sources);
    const byId = new Map(shown.map(({ evidence }) => [evidence.id, evidence]));
    for (const each of shown) {
      const { host, account, micros } = each.evidence;
      const source = sourceOf(each, known => sources.has(known));
      const [s, a, h] = [source && `s${source}`, account && `a${account}`, `h${host}`];
      if (s) keys[0].add(s);
      if (a) keys[1].add(a);
      keys[2].add(h);
      if (s) tie(s, a ?? h, micros);
      if (a) tie(a, h, micros);
    }
    for (const { from, to } of intrusion.links) {
      const [a, b] = [byId.get(from), byId.get(to)];
      if (a !== undefined && b !== undefined && a.host !== b.host) tie(`h${a.host}`, `h${b.host}`, b.micros);
    }
  }
  return { layers: keys.map(each => [...each]), ties: [...ties.values()] };
}

function drawing(all: readonly (readonly string[])[], ties: readonly Tie[], view: View): Html {
  const { nodes, edges } = layOut(
    all.map(keys => keys.slice(0, MOST)),
    ties,
  );
  const counts = new Map(ties.map(each => [JSON.stringify([each.from, each.to]), each.count]));
  const at = new Map(nodes.map(node => [node.key, node]));
  const rows = Math.max(...all.map(keys => Math.min(MOST, keys.length)));
  const height = TOP + rows * ROW;
  return html`<svg width="${WIDTH}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="graph-svg-title graph-svg-desc">
<title id="graph-svg-title">Graph of source addresses, accounts and hosts</title>
<desc id="graph-svg-desc">${counted(nodes.length, 'entity', 'entities')} and ${counted(edges.length, 'line')} between them. The same stands below as a table.</desc>
${titles.map((title, i) => html`<text class="layer" x="${columns[i]!}" y="18">${title}</text>`)}
${edges.map(({ from, to }) => {
  const count = counts.get(JSON.stringify([from, to])) ?? 1;
  return html`<path class="edge" d="${curve(at.get(from)!, at.get(to)!)}" stroke-width="${round(1 + Math.min(4, Math.log2(count)))}" data-from="${from.slice(1)}" data-to="${to.slice(1)}"/>`;
})}
${nodes.map(node => box(node, view))}
</svg>`;
}

function box({ key, layer, row }: Node, { plant }: View): Html {
  const [x, y] = [columns[layer]!, TOP + row * ROW];
  const full = key.slice(1);
  const isPlant = layer === 2 && plant.has(full);
  const letters = [...plain(full)];
  const short = letters.length > 28 ? `${letters.slice(0, 27).join('')}…` : letters.join('');
  return html`<g class="node layer-${layer}${isPlant && ' plant'}" data-entity="${full}"><title>${full}</title><rect x="${x}" y="${y}" width="${BOX}" height="30" rx="${layer === 1 ? 15 : 3}"/><text x="${x + 12}" y="${y + 20}">${isPlant && '⚙ OT '}${short}</text></g>`;
}

function curve(a: Node, b: Node): string {
  const [ay, by] = [TOP + a.row * ROW + 15, TOP + b.row * ROW + 15];
  if (a.layer === b.layer) {
    const x = columns[a.layer]! + BOX;
    const out = x + 20 + Math.min(60, Math.abs(b.row - a.row) * 14);
    return `M${x} ${ay}C${out} ${ay} ${out} ${by} ${x} ${by}`;
  }
  const [ax, bx] = [columns[a.layer]! + BOX, columns[b.layer]!];
  return `M${ax} ${ay}C${ax + 50} ${ay} ${bx - 50} ${by} ${bx} ${by}`;
}

function nameOf(key: string): Html {
  const kind = key.startsWith('s') ? 'address ' : key.startsWith('a') ? 'account ' : 'host ';
  return html`${kind}${name(key.slice(1))}`;
}
