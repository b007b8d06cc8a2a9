/** What may stand for rows of a shape. Checked by `deno check`; nothing here runs. */
import type { ShapeOfDdl } from "../../../src/types/ddl_shape.ts";
import type { RowInput } from "../../../src/types/row_input.ts";

type Order = ShapeOfDdl<
  "id BIGINT NOT NULL, name STRING, price DECIMAL(10, 2) NOT NULL, at TIMESTAMP NOT NULL, tags ARRAY<STRING> NOT NULL, marks MAP<STRING, INT>, at2 STRUCT<x: INT NOT NULL, y: DATE>, ok BOOLEAN NOT NULL, bytes BINARY"
>;

/** Never called. */
export function give(take: (row: RowInput<Order>) => void): void {
  const at = new Date();
  take({ id: 1, price: "1.50", at, tags: [], ok: true });
  take({
    id: 1n,
    name: "a",
    price: 2,
    at: Temporal.Instant.fromEpochMilliseconds(0),
    tags: ["x", null],
    marks: { a: 1, b: null },
    at2: { x: 1, y: Temporal.PlainDate.from("2024-01-31") },
    ok: false,
    bytes: new Uint8Array(),
  });
  take({
    id: 1,
    price: "1",
    at,
    tags: [],
    ok: true,
    marks: new Map([["a", 1n]]),
    at2: [1],
  });
  take([1, "a", "1.5", at, [], null, null, true, null]);
  // @ts-expect-error a column that is not null is left out
  take({ id: 1, price: "1.50", at, tags: [] });
  // @ts-expect-error null where a column is not null
  take({ id: null, price: "1.50", at, tags: [], ok: true });
  // @ts-expect-error a text is no list
  take({ id: 1, price: "1.50", at, tags: "x", ok: true });
  // @ts-expect-error a column that is not there
  take({ id: 1, price: "1.50", at, tags: [], ok: true, nme: "a" });
  // @ts-expect-error a text is no time
  take({ id: 1, price: "1.50", at: "2024-01-31", tags: [], ok: true });

  const untyped: RowInput<Record<string, unknown>> = { anything: at };
  void untyped;
}
