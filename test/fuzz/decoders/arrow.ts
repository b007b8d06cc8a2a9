/**
 * Rows of DataFrames.
 *
 * @module
 */
import { zstdCompressSync } from "node:zlib";
import * as arrow from "apache-arrow";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { orderBatches } from "../../../src/driver/sql/rows/collect_rows.ts";
import {
  ArrowRowDecoder,
  splitArrowStream,
} from "../../../src/serde/arrow/arrow_rows.ts";
import {
  encapsulate,
  MESSAGE_KINDS,
} from "../../../src/serde/arrow/arrow_message.ts";
import { openMessage } from "../../../src/serde/arrow/batch_header.ts";
import {
  flatByte,
  flatLong,
  flatLongs,
  flatTable,
} from "../../../src/serde/arrow/flat_writer.ts";
import { encodeVariant } from "../../../src/types/variant_encode.ts";
import { VariantVal } from "../../../src/types/variant_val.ts";
import { MessageSplitter } from "../../../src/serde/arrow/message_splitter.ts";
import { readSchemaMessage } from "../../../src/serde/arrow/schema_reader.ts";
import {
  parseSchemaJson,
  typeFromDdl,
  typeFromJson,
  typeJson,
} from "../../../src/types/spark_types.ts";
import type { FuzzDecoder } from "../decoder.ts";

const Int = new arrow.Int32();
const PAIR = new arrow.Struct<{ a: arrow.Int32; b: arrow.Utf8 }>([
  arrow.Field.new("a", Int, true),
  arrow.Field.new("b", new arrow.Utf8(), true),
]);

/** Columns and their types in Spark's words, a table for each list. */
const TABLES: readonly (readonly [arrow.Vector, unknown][])[] = [
  [
    [arrow.vectorFromArray([1n, 2n, null], new arrow.Int64()), "long"],
    [arrow.vectorFromArray(["a", null, "ü"], new arrow.Utf8()), "string"],
  ],
  [
    [arrow.vectorFromArray([true, false], new arrow.Bool()), "boolean"],
    [arrow.vectorFromArray([0.5, -0], new arrow.Float64()), "double"],
  ],
  [
    [
      arrow.vectorFromArray(
        [[1, 2], null, []],
        new arrow.List(arrow.Field.new("element", Int, true)),
      ),
      { type: "array", elementType: "integer", containsNull: true },
    ],
  ],
  [
    [
      arrow.vectorFromArray([{ a: 1, b: "x" }, { a: 2, b: "y" }], PAIR),
      {
        type: "struct",
        fields: [
          { name: "a", type: "integer", nullable: true, metadata: {} },
          { name: "b", type: "string", nullable: true, metadata: {} },
        ],
      },
    ],
    [arrow.vectorFromArray([null, null], new arrow.Null()), "void"],
  ],
  [
    [
      arrow.vectorFromArray([new Uint8Array([1, 2]), null], new arrow.Binary()),
      "binary",
    ],
    [
      arrow.vectorFromArray([0, 1], new arrow.TimestampMicrosecond()),
      "timestamp_ntz",
    ],
  ],
  [
    [arrow.vectorFromArray(["a", "b", "a", null]), "string"], // a dictionary
  ],
  [
    [
      arrow.vectorFromArray(
        [new Uint32Array([1, 0, 0, 0]), new Uint32Array([2, 0, 0, 0])],
        new arrow.Decimal(2, 10),
      ),
      "decimal(10,2)",
    ],
    [arrow.vectorFromArray([1, 2], new arrow.DateDay()), "date"],
  ],
];

const OPTIONS = {
  longs: "bigint",
  timestamps: "date",
  dates: "date",
  rows: "plain",
} as const;

/** Variants, by the length of what comes first: names, then the value. */
export const VARIANT: FuzzDecoder = {
  name: "variant",
  covers: ["src/types/variant_decode.ts", "src/types/variant_val.ts"],
  seeds: () =>
    [
      { a: [1, 2.5, "x", null, true, 2 ** 40], b: { c: "d".repeat(70) } },
      [2n ** 70n, new Date(5), Uint8Array.of(1, 2)],
      "text",
    ].map((value) => {
      const variant = encodeVariant(value) as VariantVal;
      return new ByteWriter().writeBytes(
        new Uint8Array([variant.metadata.length]),
      ).writeBytes(variant.metadata).writeBytes(variant.value).finish();
    }),
  prepare: () => (bytes) => {
    const end = 1 + (bytes[0] ?? 0);
    const variant = new VariantVal(bytes.subarray(end), bytes.subarray(1, end));
    variant.toJS();
    String(variant);
  },
};

interface Seed {
  readonly stream: Uint8Array;
  readonly schema: string;
}

/** As the JVM compresses it. */
function compressed(message: Uint8Array, codec: "lz4" | "zstd"): Uint8Array {
  const { header, body } = openMessage(message);
  const buffers = header.buffers.map(([start, size]) => {
    const bytes = body.slice(start, start + size);
    const frame = codec === "zstd" ? zstdCompressSync(bytes) : Uint8Array.of(
      ...[0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0],
      ...[size & 255, size >> 8, 0, 0x80],
      ...bytes,
      ...[0, 0, 0, 0],
    );
    const buffer = new Uint8Array(8 + frame.length);
    new DataView(buffer.buffer).setInt32(0, size, true);
    buffer.set(frame, 8);
    return size === 0 ? new Uint8Array(0) : buffer;
  });
  const places: number[] = [];
  let length = 0;
  for (const buffer of buffers) {
    places.push(length, buffer.length);
    length += Math.ceil(buffer.length / 8) * 8;
  }
  const metadata = encapsulate(
    MESSAGE_KINDS.batch,
    flatTable(
      flatLong(header.length),
      flatLongs(header.nodes.flat(), header.nodes.length),
      flatLongs(places, buffers.length),
      flatTable(flatByte(codec === "lz4" ? 0 : 1), flatByte(0)),
    ),
    length,
  );
  const made = new Uint8Array(metadata.length + length);
  made.set(metadata);
  buffers.forEach((buffer, i) =>
    made.set(buffer, metadata.length + (places[2 * i] ?? 0))
  );
  return made;
}

function makeSeeds(): Seed[] {
  return TABLES.map((columns) => {
    const vectors = columns.map(([vector], at) => [`c${at}`, vector] as const);
    const table = new arrow.Table(Object.fromEntries(vectors));
    const fields = columns.map(([, type], at) => ({
      name: `c${at}`,
      type,
      nullable: true,
      metadata: {},
    }));
    return {
      stream: arrow.tableToIPC(table, "stream"),
      schema: JSON.stringify({ type: "struct", fields }),
    };
  });
}

/** Record batches, with a schema message that came as it was written. */
export const ARROW_BATCH: FuzzDecoder = {
  name: "arrow-batch",
  covers: [
    "src/serde/arrow/batch_reader.ts",
    "src/serde/arrow/batch_header.ts",
    "src/serde/arrow/flat_reader.ts",
    "src/serde/arrow/column_reader.ts",
    "src/serde/arrow/decompress.ts",
    "src/serde/arrow/lz4_frame.ts",
  ],
  seeds: () =>
    makeSeeds().flatMap(({ stream }, at) => {
      const { batches } = splitArrowStream(stream);
      const last = batches.at(-1) ?? new Uint8Array(0);
      const forms = [
        ...batches,
        compressed(last, "lz4"),
        compressed(last, "zstd"),
      ];
      return forms.map((batch) =>
        new ByteWriter().writeBytes(new Uint8Array([at])).writeBytes(batch)
          .finish()
      );
    }),
  prepare() {
    const decoders = makeSeeds().map(({ stream, schema }) =>
      new ArrowRowDecoder(
        parseSchemaJson(schema),
        readSchemaMessage(splitArrowStream(stream).schema),
        OPTIONS,
      )
    );
    return (bytes) => {
      decoders[(bytes[0] ?? 0) % decoders.length]?.decode(bytes.subarray(1));
    };
  },
};

/** Whole streams, the schema's message among them, and the order of their batches. */
export const ARROW_STREAM: FuzzDecoder = {
  name: "arrow-stream",
  covers: [
    "src/serde/arrow/message_splitter.ts",
    "src/serde/arrow/schema_reader.ts",
    "src/driver/sql/rows/collect_rows.ts",
  ],
  seeds: () =>
    makeSeeds().map(({ stream }, at) =>
      new ByteWriter().writeBytes(new Uint8Array([at])).writeBytes(stream)
        .writeInt(1).writeInt(0).finish()
    ),
  prepare() {
    const schemas = makeSeeds().map(({ schema }) => parseSchemaJson(schema));
    return (bytes) => {
      const struct = schemas[(bytes[0] ?? 0) % schemas.length];
      if (struct === undefined) return;
      const whole = splitArrowStream(bytes.subarray(1));
      const splitter = new MessageSplitter();
      const half = bytes.length >> 1;
      const [schema, ...batches] = [
        ...splitter.push(bytes.subarray(1, half)),
        ...splitter.push(bytes.subarray(half)),
      ];
      const rest = splitter.finish();
      if (schema === undefined || batches.length !== whole.batches.length) {
        throw new Error("chunks make other messages than the whole stream");
      }
      const decoder = new ArrowRowDecoder(
        struct,
        readSchemaMessage(schema),
        OPTIONS,
      );
      for (const batch of orderBatches(batches, rest)) decoder.decode(batch);
    };
  },
};

const RICH_SCHEMA =
  '{"type":"struct","fields":[{"name":"a","type":"string","nullable":true,"metadata":{"__COLLATIONS":{"a":"icu.UNICODE"},"x":1.0}},{"name":"b","type":"interval day to second","nullable":true,"metadata":{}},{"name":"c","type":"geography(OGC:CRS84, SPHERICAL)","nullable":true,"metadata":{}},{"name":"d","type":{"type":"udt","class":"x.Y","sqlType":"timestamp_ltz(9)"},"nullable":true,"metadata":{}}]}';

/** Schemas as the JVM describes them. */
export const SCHEMA: FuzzDecoder = {
  name: "schema",
  covers: ["src/types/type_json.ts", "src/types/metadata_json.ts"],
  seeds: () =>
    [...makeSeeds().map(({ schema }) => schema), RICH_SCHEMA]
      .map((schema) => new TextEncoder().encode(schema)),
  prepare: () => (bytes) => {
    const schema = parseSchemaJson(new TextDecoder().decode(bytes));
    schema.simpleString();
    schema.treeString();
    parseSchemaJson(schema.json());
  },
};

/** Schemas in SQL's words. */
export const DDL: FuzzDecoder = {
  name: "ddl",
  covers: ["src/types/ddl_parser.ts", "src/types/ddl_tokens.ts"],
  seeds: () =>
    [
      "a INT NOT NULL, `b``c` ARRAY<STRUCT<x: MAP<STRING, DECIMAL(5, 2)>>> COMMENT 'it''s'",
      "struct<t: timestamp(9) without time zone, i: interval day to second, s: string collate system.builtin.unicode>",
      "a: char(3), b geometry(any), /* x /* y */ */ c time(3) comment \"\\u00e9\\101\" r'z' -- end",
    ].map((ddl) => new TextEncoder().encode(ddl)),
  prepare: () => (bytes) => {
    const type = typeFromDdl(new TextDecoder().decode(bytes));
    typeFromJson(typeJson(type));
  },
};
