import type { CborCodec } from "../../src/serde/cbor/cbor.ts";
import {
  type Aggregator,
  type AggregatorSite,
  buffer,
  failedMethod,
} from "./aggregator.ts";

/**
 * An aggregate of buffers: merges those of a group, and finishes what comes of it.
 *
 * @param aggregator the program's
 * @param site what messages tell of it
 * @param codec reads buffers
 * @returns takes the buffers of a group, null among them for none
 */
export function bufferAggregate(
  aggregator: Aggregator,
  site: AggregatorSite,
  codec: CborCodec,
): (buffers: readonly (Uint8Array | null)[]) => unknown {
  return (buffers) => {
    const merged = mergeAll(aggregator, site, codec, buffers);
    try {
      return aggregator.finish(merged);
    } catch (error) {
      throw failedMethod(error, site, "finish", [merged]);
    }
  };
}

function mergeAll(
  aggregator: Aggregator,
  site: AggregatorSite,
  codec: CborCodec,
  buffers: readonly (Uint8Array | null)[],
): unknown {
  let left: unknown;
  for (const bytes of buffers) {
    if (bytes === null) continue;
    const right = codec.decode(bytes);
    if (left === undefined) {
      left = right;
      continue;
    }
    try {
      left = buffer(aggregator.merge(left, right), "merge", site.name);
    } catch (error) {
      throw failedMethod(error, site, "merge", [left, right]);
    }
  }
  return left === undefined ? zeroOf(aggregator, site) : left;
}

/** A buffer of no values. */
export function zeroOf(aggregator: Aggregator, site: AggregatorSite): unknown {
  try {
    return buffer(aggregator.zero(), "zero", site.name);
  } catch (error) {
    throw failedMethod(error, site, "zero", []);
  }
}
