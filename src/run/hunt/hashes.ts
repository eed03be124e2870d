/**
 * SHA-256 of the inputs, for the ledger. Done beside the hunt where threads do the reading, and only where it is
 * wanted (`--out`): it costs a second for each 1.3 GB. Members of archives are hashed as they are read.
 */
import { hashFile, type Input, inputFile } from '../../read/inputs/index.ts';
import { isStream } from './plan.ts';

export type InputHashes = {
  /** By index of the input: plain files. */
  readonly files: Map<number, string>;
  /** By path of the outermost file: archives. */
  readonly containers: Map<string, string>;
};

/** Hashes until done or `signal` aborts; files that cannot be read have no hash (the ledger says why). */
export async function hashInputs(inputs: readonly Input[], signal: AbortSignal): Promise<InputHashes> {
  const hashes: InputHashes = { files: new Map(), containers: new Map() };
  for (let i = 0; i < inputs.length && !signal.aborted; i++) {
    const input = inputs[i]!;
    if (input.file === null || (isStream(input) && hashes.containers.has(input.file))) continue;
    try {
      const sha256 = await hashFile(inputFile(input)!, undefined, signal);
      if (isStream(input)) hashes.containers.set(input.file, sha256);
      else hashes.files.set(i, sha256);
    } catch {
      // Reading it fails in the same way, and is reported there.
    }
  }
  return hashes;
}
