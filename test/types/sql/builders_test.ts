/** What the compiler knows of schemas that builders make. Checked by `deno check`; nothing here runs. */
import type { StructType } from "../../../src/types/data_type.ts";
import type { ReadShape, ShapeOf } from "../../../src/types/shape_of.ts";
import type { Decimal } from "../../../src/types/type_settings.ts";
import { types } from "../../../src/types/builders.ts";
import { type Equal, holds } from "../equal.ts";

/** Never called. */
export function build(): void {
  const people = types.struct({
    name: types.string,
    age: types.int.nullable(),
    price: types.decimal(10, 2),
    tags: types.array(types.string.nullable()),
    scores: types.map(types.string, types.double),
    address: types.struct({
      city: types.varchar(20),
      zip: types.int.nullable(),
    })
      .nullable(),
    at: types.timestamp.comment("when").nullable(),
    on: types.date,
    big: types.long,
    bytes: types.binary,
    gap: types.dayTimeInterval(),
    read: types.fromDDL("array<struct<x: int not null>>"),
  });
  interface Person {
    name: string;
    age: number | null;
    price: Decimal;
    tags: (string | null)[];
    scores: Map<string, number>;
    address: { city: string; zip: number | null } | null;
    at: Date | null;
    on: Date;
    big: number;
    bytes: Uint8Array;
    gap: bigint;
    read: ({ x: number } | null)[];
  }
  holds<
    Equal<ShapeOf<typeof people>, { [K in keyof Person]: Person[K] }>
  >();
  holds<
    Equal<
      ReadShape<ShapeOf<typeof people>>,
      {
        name: string | null;
        age: number | null;
        price: Decimal | null;
        tags: (string | null)[] | null;
        scores: Map<string, number | null> | null;
        address: { city: string | null; zip: number | null } | null;
        at: Date | null;
        on: Date | null;
        big: number | null;
        bytes: Uint8Array | null;
        gap: bigint | null;
        read: ({ x: number | null } | null)[] | null;
      }
    >
  >();
  const element = types.array(types.string);
  holds<Equal<ShapeOf<typeof element>, string[]>>();
  holds<Equal<ShapeOf<StructType>, Record<string, unknown>>>();
  holds<Equal<ReadShape<Record<string, unknown>>, Record<string, unknown>>>();

  // A schema with a known shape is a schema.
  const untyped: StructType = people;
  void untyped;
  const type = types.array(people);
  holds<Equal<ShapeOf<typeof type>[number]["name"], string>>();

  // @ts-expect-error the type "strng" is unknown
  types.fromDDL("strng");
  // @ts-expect-error keys are never null
  types.map(types.string.nullable(), types.int);
}
