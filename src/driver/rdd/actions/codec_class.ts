import { closestName } from "../../../common/closest_name.ts";

const HADOOP = "org.apache.hadoop.io.compress";

/** Peer: `org.apache.spark.sql.catalyst.util.CompressionCodecs`, which DataFrames' options go by. */
const CODECS: ReadonlyMap<string, string | null> = new Map([
  ["none", null],
  ["uncompressed", null],
  ["bzip2", `${HADOOP}.BZip2Codec`],
  ["deflate", `${HADOOP}.DeflateCodec`],
  ["gzip", `${HADOOP}.GzipCodec`],
  ["lz4", `${HADOOP}.Lz4Codec`],
  ["snappy", `${HADOOP}.SnappyCodec`],
]);

/**
 * The class of a compression codec.
 *
 * @param name a short name such as `gzip`, in any case, or the full name of a
 *   class; null for none
 * @throws RangeError for a name that is neither
 */
export function codecClass(name: string | null): string | null {
  if (name === null) return null;
  const known = CODECS.get(name.toLowerCase());
  if (known !== undefined) return known;
  if (name.includes(".")) return name;
  const meant = closestName(name, CODECS.keys());
  throw new RangeError(
    `Cannot compress by "${name}": Spark has no codec of that name; ${
      meant === null
        ? `give one of ${[...CODECS.keys()].join(", ")}, or a class's full name`
        : `write "${meant}"`
    }`,
  );
}
