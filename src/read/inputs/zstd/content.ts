/** What a Zstandard file holds: all its frames as one content. */
import { ByteReader } from '../byte-reader.ts';
import { firstBytes } from '../content.ts';
import { PackedContent } from '../packed.ts';
import { packedBytesFor, unzstd } from './frames.ts';

export class ZstdContent extends PackedContent {
  async head(length: number): Promise<Uint8Array> {
    if (this.repeatable) return firstBytes(this.stream(), length);
    // What can be read once is looked at by what was read of it already.
    const packed = await this.packed.head(packedBytesFor(length));
    return firstBytes(unzstd(new ByteReader(once(packed))), length);
  }

  protected unpack(input: ByteReader): AsyncGenerator<Uint8Array, void, void> {
    return unzstd(input);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}
