import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Edge, layOut } from './layers.ts';

const graph = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }))
  .chain(sizes => {
    const layers = sizes.map((size, layer) => Array.from({ length: size }, (_, i) => `${layer}.${i}`));
    const key = fc.constantFrom(...layers.flat(), 'unknown');
    return fc.record({
      layers: fc.constant(layers),
      edges: fc.array(fc.record({ from: key, to: key }), { maxLength: 30 }),
    });
  });

function crossings(rows: ReadonlyMap<string, number>, edges: readonly Edge[]): number {
  let count = 0;
  for (const a of edges)
    for (const b of edges) {
      if ((rows.get(a.from)! - rows.get(b.from)!) * (rows.get(a.to)! - rows.get(b.to)!) < 0) count++;
    }
  return count / 2;
}

describe('the layout', () => {
  it('gives each entity a row of its own in its layer', () => {
    fc.assert(
      fc.property(graph, ({ layers, edges }) => {
        const { nodes } = layOut(layers, edges);
        for (const [layer, keys] of layers.entries()) {
          const own = nodes.filter(node => node.layer === layer);
          expect(own.map(({ key }) => key).sort()).toEqual([...keys].sort());
          expect(own.map(({ row }) => row)).toEqual(keys.map((_, i) => i));
        }
      }),
    );
  });

  it('draws lines between entities that are drawn, and none from one to itself', () => {
    fc.assert(
      fc.property(graph, ({ layers, edges }) => {
        for (const { from, to } of layOut(layers, edges).edges) {
          expect(layers.flat()).toContain(from);
          expect(layers.flat()).toContain(to);
          expect(from).not.toBe(to);
        }
      }),
    );
  });

  it('moves together what belongs together', () => {
    const edges = [
      { from: 'a', to: 'z' },
      { from: 'b', to: 'y' },
      { from: 'c', to: 'x' },
    ];
    const { nodes } = layOut(
      [
        ['a', 'b', 'c'],
        ['x', 'y', 'z'],
      ],
      edges,
    );
    expect(crossings(new Map(nodes.map(({ key, row }) => [key, row])), edges)).toBe(0);
  });

  it('keeps the order of appearance where nothing speaks for another', () => {
    const { nodes } = layOut([['b', 'a', 'c']], []);
    expect(nodes.map(({ key }) => key)).toEqual(['b', 'a', 'c']);
  });
});
