import assert from "node:assert/strict";
import { codecClass } from "../../../../../src/driver/rdd/actions/codec_class.ts";

Deno.test({
  name: "codecClass() knows short names as DataFrames do, and leaves classes",
  permissions: "none",
  fn() {
    const hadoop = "org.apache.hadoop.io.compress";
    const cases: readonly [string | null, string | null][] = [
      ["gzip", `${hadoop}.GzipCodec`],
      ["GZip", `${hadoop}.GzipCodec`],
      ["bzip2", `${hadoop}.BZip2Codec`],
      ["deflate", `${hadoop}.DeflateCodec`],
      ["lz4", `${hadoop}.Lz4Codec`],
      ["snappy", `${hadoop}.SnappyCodec`],
      ["none", null],
      [null, null],
      ["a.b.Codec", "a.b.Codec"],
    ];
    for (const [name, expected] of cases) {
      assert.equal(codecClass(name), expected);
    }
  },
});

Deno.test({
  name: "codecClass() refuses what is neither a short name nor a class's",
  permissions: "none",
  fn() {
    assert.throws(() => codecClass("gzipp"), {
      name: "RangeError",
      message:
        'Cannot compress by "gzipp": Spark has no codec of that name; write "gzip"',
    });
    assert.throws(() => codecClass("brotli"), {
      message:
        'Cannot compress by "brotli": Spark has no codec of that name; give one of none, uncompressed, bzip2, deflate, gzip, lz4, snappy, or a class\'s full name',
    });
  },
});
