/**
 * What the compiler reads from schemas in SQL's words. Checked by `deno
 * check`; nothing here runs.
 */
import type {
  DdlText,
  ReadShapeOfDdl,
  ShapeOfDdl,
  ValueOfDdlType,
} from "../../../src/types/ddl_shape.ts";
import type { Decimal } from "../../../src/types/type_settings.ts";
import type { SpatialValue } from "../../../src/types/values.ts";
import type { VariantVal } from "../../../src/types/variant_val.ts";
import { type Equal, holds } from "../equal.ts";

holds<
  Equal<
    ShapeOfDdl<"name STRING NOT NULL, age INT, tags ARRAY<STRING>">,
    { name: string; age: number | null; tags: (string | null)[] | null }
  >
>();

// Readers of files drop NOT NULL, within structs too.
holds<
  Equal<
    ReadShapeOfDdl<"name STRING NOT NULL, at STRUCT<x: INT NOT NULL> NOT NULL">,
    { name: string | null; at: { x: number | null } | null }
  >
>();

// All types, in any case, with their numbers.
holds<
  Equal<
    ShapeOfDdl<
      `
      a boolean not null, b TINYINT NOT NULL, c byte NOT NULL,
      d SMALLINT NOT NULL, e short NOT NULL, f int NOT NULL,
      g INTEGER NOT NULL, h BIGINT NOT NULL, i Long NOT NULL,
      j FLOAT NOT NULL, k real NOT NULL, l DOUBLE NOT NULL,
      m DECIMAL NOT NULL, n DECIMAL(10) NOT NULL, o DEC(10, 2) NOT NULL,
      p numeric ( 10 , 2 ) NOT NULL, q STRING NOT NULL,
      r STRING COLLATE UNICODE NOT NULL, s CHAR(3) NOT NULL,
      t varchar(4) collate utf8_lcase not null, u BINARY NOT NULL,
      v DATE NOT NULL, w TIMESTAMP NOT NULL, x TIMESTAMP_NTZ NOT NULL,
      y TIMESTAMP(9) WITHOUT TIME ZONE NOT NULL, z TIME(3) NOT NULL,
      aa INTERVAL YEAR TO MONTH NOT NULL, ab INTERVAL DAY TO SECOND NOT NULL,
      ac VOID, ad VARIANT NOT NULL, ae timestamp_ltz NOT NULL,
      af interval hour not null, ag GEOMETRY(4326)
    `
    >,
    {
      a: boolean;
      b: number;
      c: number;
      d: number;
      e: number;
      f: number;
      g: number;
      h: number;
      i: number;
      j: number;
      k: number;
      l: number;
      m: Decimal;
      n: Decimal;
      o: Decimal;
      p: Decimal;
      q: string;
      r: string;
      s: string;
      t: string;
      u: Uint8Array;
      v: Date;
      w: Date;
      x: Date;
      y: Temporal.PlainDateTime;
      z: string;
      aa: number;
      ab: bigint;
      ac: null;
      ad: VariantVal;
      ae: Date;
      af: bigint;
      ag: SpatialValue | null;
    }
  >
>();

holds<
  Equal<
    ShapeOfDdl<
      "a TIMESTAMP(9) NOT NULL, b timestamp_ntz( 7 ) not null, c TIMESTAMP(6) NOT NULL, d TIMESTAMP_LTZ(8)"
    >,
    {
      a: Temporal.Instant;
      b: Temporal.PlainDateTime;
      c: Date;
      d: Temporal.Instant | null;
    }
  >
>();

// Commas within types, colons, structs in structs, and NOT NULL within them.
holds<
  Equal<
    ShapeOfDdl<
      "a map<string, decimal(5,2)> not null, b: struct<x: array<map<int, array<string>>>, Y string NOT NULL>, c ARRAY<STRUCT<d: DECIMAL(10, 2), e: INT>> NOT NULL"
    >,
    {
      a: Map<string, Decimal | null>;
      b:
        | {
          x: (Map<number, (string | null)[] | null> | null)[] | null;
          Y: string;
        }
        | null;
      c: ({ d: Decimal | null; e: number | null } | null)[];
    }
  >
>();
holds<Equal<ShapeOfDdl<"STRUCT<a: INT NOT NULL>">, { a: number }>>();
holds<
  Equal<
    ShapeOfDdl<"struct <a :int, b:  int>">,
    { a: number | null; b: number | null }
  >
>();
// deno-lint-ignore ban-types -- a struct of no fields
holds<Equal<ShapeOfDdl<"a STRUCT<> NOT NULL">, { a: {} }>>();

// Names within backticks hold what cuts a text; comments hold anything.
holds<
  Equal<
    ShapeOfDdl<
      "`a, b` INT NOT NULL, `c``d:<e>` STRING NOT NULL COMMENT 'it''s, \"`not` null\" <x>', f INT COMMENT \"a 'b', c\", g ARRAY<INT> COMMENT 'x\\', y' , `h` struct<`i j`: INT NOT NULL COMMENT 'k, l'> not null"
    >,
    {
      "a, b": number;
      "c`d:<e>": string;
      f: number | null;
      g: (number | null)[] | null;
      h: { "i j": number };
    }
  >
>();

// Keywords are names, too.
holds<
  Equal<
    ShapeOfDdl<"date DATE, comment STRING, interval INTERVAL DAY, int INT">,
    {
      date: Date | null;
      comment: string | null;
      interval: bigint | null;
      int: number | null;
    }
  >
>();

// What the compiler does not know, and SQL comments: the untyped shape.
holds<Equal<ShapeOfDdl<string>, Record<string, unknown>>>();
holds<Equal<ShapeOfDdl<"a INT -- x">, Record<string, unknown>>>();
holds<Equal<ShapeOfDdl<"a INT /* x */, b INT">, Record<string, unknown>>>();

holds<Equal<ValueOfDdlType<"int">, number>>();
holds<Equal<ValueOfDdlType<"array<int>">, (number | null)[]>>();
holds<Equal<ValueOfDdlType<" Decimal(10, 2) ">, Decimal>>();
holds<Equal<ValueOfDdlType<"map<string,int>">, Map<string, number | null>>>();
holds<
  Equal<
    ValueOfDdlType<"struct<a: int, b: string not null>">,
    { a: number | null; b: string }
  >
>();
holds<
  Equal<
    ValueOfDdlType<"a int, b string not null">,
    { a: number | null; b: string }
  >
>();
holds<Equal<ValueOfDdlType<string>, unknown>>();

// A text that is no schema is told as such.
holds<Equal<DdlText<"a INT, b ARRAY<INT>">, "a INT, b ARRAY<INT>">>();
holds<Equal<DdlText<"array<int>">, "array<int>">>();
holds<Equal<DdlText<string>, string>>();
holds<
  Equal<
    DdlText<"id BIGINT, name STRNG">,
    'the type "strng" is unknown, in the column "name"'
  >
>();
holds<
  Equal<
    DdlText<"id BIGINT, tags STRUCT<x: ARRAY<STRNG>>">,
    'the type "strng" is unknown, in the column "x", in the column "tags"'
  >
>();
holds<Equal<DdlText<"a INT,">, "a column is missing">>();
holds<Equal<DdlText<"">, 'the type "" is unknown'>>();
holds<Equal<DdlText<"strng">, 'the type "strng" is unknown'>>();
holds<Equal<DdlText<"a INT, b">, 'the column "b" has no type'>>();
holds<
  Equal<
    DdlText<"a ARRAY">,
    'the type "ARRAY" says nothing of what is in it, in the column "a"'
  >
>();
holds<
  Equal<
    DdlText<"a ARRAY<INT, b STRING">,
    'a ">" is missing, in the column "a"'
  >
>();
holds<
  Equal<
    DdlText<"a MAP<INT>, v VARIANT">,
    'a map has the types of keys and values, in the column "a"'
  >
>();
holds<
  Equal<
    DdlText<"a ARRAY<INT NOT NULL>">,
    'there is "NOT NULL" after a type, in the column "a"'
  >
>();

/** A parameter is inferred, and a wrong text refused. */
declare function schema<const D extends string>(ddl: DdlText<D>): ShapeOfDdl<D>;

/** Never called. */
export function read(text: string): void {
  const rows = schema("id BIGINT NOT NULL, name STRING");
  holds<Equal<typeof rows, { id: number; name: string | null }>>();
  const untyped = schema(text);
  holds<Equal<typeof untyped, Record<string, unknown>>>();
  // @ts-expect-error the type "strng" is unknown, in the column "name"
  schema("id BIGINT NOT NULL, name STRNG");
}
