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
 */
export function codecClass(name: string | null): string | null {
  if (name === null) return null;
  const known = CODECS.get(name.toLowerCase());
  return known === undefined ? name : known;
}
