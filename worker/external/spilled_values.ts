import { LIST_LIKE } from "../../src/serde/list_like.ts";
import type { RecordCodec } from "../../src/serde/record_batch.ts";
import { RegionReader } from "./region_reader.ts";
import { type Extent, framesOf } from "./sorted_run.ts";
import type { SpillFile } from "./spill_file.ts";

/**
 * The values of a key that do not fit into memory: each iteration reads them
 * from disk. They can be used as long as their task runs.
 */
export class SpilledValues implements Iterable<unknown> {
  /** How many there are. */
  readonly length: number;
  /** Leaves the worker as a list. */
  readonly [LIST_LIKE] = true;
  readonly #file: SpillFile;
  readonly #extents: readonly Extent[];
  readonly #codec: RecordCodec;

  /**
   * Names the values.
   *
   * @param file holds them
   * @param extents where their frames are, in order
   * @param length how many there are
   * @param codec reads the frames
   */
  constructor(
    file: SpillFile,
    extents: readonly Extent[],
    length: number,
    codec: RecordCodec,
  ) {
    this.#file = file;
    this.#extents = extents;
    this.length = length;
    this.#codec = codec;
  }

  /** The values, in the order in which they came. */
  *[Symbol.iterator](): Generator<unknown, undefined> {
    for (const extent of this.#extents) {
      const region = new RegionReader(this.#file, extent);
      for (const frame of framesOf(region, extent.position + extent.bytes)) {
        yield* this.#codec.decodeBatch(frame);
      }
    }
  }
}
