/**
 * A drawing of who came from where to which host, in three layers from left to right: source addresses, accounts, hosts.
 * Within a layer, what belongs together is moved together (each to the middle of its neighbours, a few times over), so that few
 * lines cross; ties are kept in the order in which things first appear. The same input gives the same drawing.
 */

export type Layered = {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
};

export type Node = {
  readonly key: string;
  readonly layer: number;
  /** Its row within the layer, from 0. */
  readonly row: number;
};

/** Between nodes of different layers, or of one layer (from host to host). */
export type Edge = { readonly from: string; readonly to: string };

const ROUNDS = 6;

/** `layers`: keys by layer in order of appearance; edges whose ends are not among them are left out. */
export function layOut(layers: readonly (readonly string[])[], edges: readonly Edge[]): Layered {
  const layerOf = new Map(layers.flatMap((keys, layer) => keys.map(key => [key, layer] as const)));
  const kept = edges.filter(({ from, to }) => layerOf.has(from) && layerOf.has(to) && from !== to);
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of kept) {
    if (layerOf.get(from) === layerOf.get(to)) continue;
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  let ordered = layers.map(keys => [...keys]);
  for (let round = 0; round < ROUNDS; round++) {
    const towardsRight = round % 2 === 0;
    const order = ordered.map((_, i) => (towardsRight ? i : ordered.length - 1 - i));
    for (const layer of order) {
      const places = placesOf(ordered);
      ordered = ordered.map((keys, i) => (i === layer ? byMiddle(keys, places, neighbours) : keys));
    }
  }
  const nodes = ordered.flatMap((keys, layer) => keys.map((key, row) => ({ key, layer, row })));
  return { nodes, edges: kept };
}

/** Places from 0 to 1, so that a short layer counts as much as a long one. */
function placesOf(ordered: readonly (readonly string[])[]): Map<string, number> {
  return new Map(ordered.flatMap(keys => keys.map((key, row) => [key, (row + 0.5) / keys.length] as const)));
}

function byMiddle(
  keys: readonly string[],
  places: ReadonlyMap<string, number>,
  neighbours: ReadonlyMap<string, readonly string[]>,
): string[] {
  const middle = (key: string): number => {
    const beside = neighbours.get(key) ?? [];
    if (beside.length === 0) return places.get(key)!;
    return beside.reduce((sum, each) => sum + places.get(each)!, 0) / beside.length;
  };
  return keys
    .map((key, at) => ({ key, at, middle: middle(key) }))
    .sort((a, b) => a.middle - b.middle || a.at - b.at)
    .map(({ key }) => key);
}
