/**
 * Which events give a fact, and how. Rows are bound to a kind of event when its first event comes; after that asking costs
 * one look into an array, and events that no row speaks of cost nothing more.
 */
import type { EventKind, LazyEvent } from '../../events/index.ts';
import { factRows, rowOf } from '../rows/index.ts';
import { layouts } from './layout.ts';
import { FactProgram } from './program.ts';

export class FactReader {
  /** By kind's id: the program where its events are kept as facts, null where they are not. */
  readonly #kept: (FactProgram | null | undefined)[] = [];
  /** By kind's id: the program for evidence. */
  readonly #evidence: (FactProgram | undefined)[] = [];
  /** By shape's id and row: kinds that differ in host or event id alone share a program. */
  readonly #programs = new Map<number, Map<number, FactProgram>>();

  /** How the fact of an event is read, null where it gives none. */
  kept({ kind }: LazyEvent): FactProgram | null {
    const program = this.#kept[kind.id];
    return program === undefined ? this.#keptOf(kind) : program;
  }

  /** How the fact of an event is read that is evidence: every event gives one. */
  evidence({ kind }: LazyEvent): FactProgram {
    let program = this.#evidence[kind.id];
    if (program === undefined) {
      program = this.#bind(kind);
      this.#evidence[kind.id] = program;
    }
    return program;
  }

  #keptOf(kind: EventKind): FactProgram | null {
    const isKept = factRows[rowOf(kind)]!.type !== 'event';
    const program = isKept ? this.#bind(kind) : null;
    this.#kept[kind.id] = program;
    return program;
  }

  #bind(kind: EventKind): FactProgram {
    const row = rowOf(kind);
    let byRow = this.#programs.get(kind.shape.id);
    if (byRow === undefined) {
      byRow = new Map();
      this.#programs.set(kind.shape.id, byRow);
    }
    let program = byRow.get(row);
    if (program === undefined) {
      program = new FactProgram(factRows[row]!, layouts[row]!, kind.shape);
      byRow.set(row, program);
    }
    return program;
  }
}
