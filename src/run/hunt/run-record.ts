/**
 * `run.json`: under which circumstances a ledger and findings came to be, with hashes of everything that went in
 * and came out, so that somebody else can repeat the run and see that nothing has changed. Everything that differs
 * from run to run (times, memory, machine) stands here and nowhere else.
 */
import { createHash } from 'node:crypto';
import type { Ledger } from './ledger.ts';
import type { OutFile } from './out-folder.ts';
import type { PackRecord } from './packs.ts';

/** The machine and program, as whoever owns the process knows them. */
export type Circumstances = {
  readonly tool: { readonly name: string; readonly version: string };
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  /** The working directory: what relative paths of the record count from. */
  readonly cwd: string;
  /** Bytes. */
  readonly memory: number;
  /** Highest resident memory up to now, in bytes. */
  peakMemory(): number;
};

export type RunParts = {
  readonly circumstances: Circumstances;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly ended: number;
  readonly exitCode: number;
  readonly operator: string | null;
  /** RFC 3339, or null where the clock was used. */
  readonly asOf: string | null;
  readonly given: Readonly<Record<string, unknown>>;
  /** SHA-256 of files that options name, by flag. */
  readonly optionFiles: Readonly<Record<string, string>>;
  readonly workers: number;
  readonly rules: {
    readonly paths: readonly string[];
    readonly documents: number;
    readonly sha256: string | null;
  };
  readonly advisories: readonly PackRecord[];
  readonly ledger: Ledger;
  /** Archives, whose members stand in the ledger. */
  readonly containers: readonly { readonly path: string; readonly sha256: string | null }[];
  readonly outputs: readonly OutFile[];
  readonly counts: Readonly<Record<string, number>>;
};

/** SHA-256 of the JSON text of `value`. */
export function hashValue(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

export function runText(parts: RunParts): string {
  const { circumstances, ledger } = parts;
  const options = Object.entries(parts.given)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value, sha256: parts.optionFiles[name] ?? hashValue(value) }));
  const record = {
    version: 1,
    tool: circumstances.tool,
    node: circumstances.node,
    platform: circumstances.platform,
    machine: {
      cpu: circumstances.cpu,
      cores: circumstances.cores,
      memory: circumstances.memory,
      peakMemory: circumstances.peakMemory(),
    },
    started: new Date(parts.started).toISOString(),
    ended: new Date(parts.ended).toISOString(),
    seconds: (parts.ended - parts.started) / 1000,
    exitCode: parts.exitCode,
    interrupted: ledger.interrupted ?? false,
    operator: parts.operator,
    cwd: circumstances.cwd,
    asOf: parts.asOf,
    workers: parts.workers,
    options,
    optionsSha256: hashValue(options),
    rules: parts.rules,
    advisories: parts.advisories,
    inputs: ledger.files.map(({ path, type, size, sha256 }) => ({ path, type, size, sha256 })),
    containers: parts.containers,
    outputs: parts.outputs,
    counts: parts.counts,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}
