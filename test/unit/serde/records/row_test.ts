import assert from "node:assert/strict";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import {
  isRow,
  type Row,
  rowClass,
  rowNames,
  rowValues,
} from "../../../../src/serde/records/row.ts";

const pure = { permissions: "none" } as const;

Deno.test("Row gives columns by name, by position and in order", pure, () => {
  const Word = rowClass<{ word: string; count: number }>(["word", "count"]);
  const row: Row<{ word: string; count: number }> = new Word(["a", 2]);
  assert.equal(row.word, "a");
  assert.equal(row[1], 2);
  assert.equal(row[2], undefined);
  assert.equal(row.length, 2);
  assert.deepEqual([...row], ["a", 2]);
  assert.deepEqual(row.asDict(), { word: "a", count: 2 });
  assert.equal(JSON.stringify(row), '{"word":"a","count":2}');
  assert.deepEqual(Object.keys(row), ["word", "count"]);
  assert.ok(isRow(row));
  assert.ok(!isRow({ word: "a" }));
  assert.equal(Deno.inspect(row), 'Row { word: "a", count: 2 }');
});

Deno.test("Row lets a column win over a member of its name", pure, () => {
  const names = ["length", "toJSON", "1", "asDict", "constructor", "__proto__"];
  const values = ["l", "j", "one", "d", "c", "p"];
  const row = new (rowClass(names))(values);
  assert.equal(row["length"], "l");
  assert.equal(row["toJSON"], "j");
  assert.equal(row[1], "one");
  assert.equal(row[0], "l");
  assert.equal(row[5], "p");
  assert.deepEqual(rowValues(row), values);
  assert.deepEqual(rowNames(row), names);
  assert.deepEqual([...row], values);
  assert.equal(Object.keys(JSON.parse(JSON.stringify(row))).length, 6);
  assert.ok(isRow(row));
});

Deno.test(
  "Row reaches each of two columns with one name by position",
  pure,
  () => {
    const row = new (rowClass(["id", "id", "x"]))([1, 2, 3]);
    assert.equal(row["id"], 2);
    assert.deepEqual([row[0], row[1], row[2]], [1, 2, 3]);
    assert.deepEqual([...row], [1, 2, 3]);
    assert.deepEqual(row.asDict(), { id: 2, x: 3 });
    assert.equal(row.length, 3);
  },
);

Deno.test(
  "Row is serialized through CborCodec with its names once",
  pure,
  () => {
    const codec = createCborCodec();
    const Word = rowClass(["aLongName", "id", "id"]);
    const rows = Array.from(
      { length: 50 },
      (_, i) => new Word([i % 9, "x", i]),
    );
    const bytes = codec.encode(rows);
    assert.ok(bytes.length < 600);
    const back = codec.decode(bytes) as Row[];
    assert.deepEqual(back.map(rowValues), rows.map(rowValues));
    assert.deepEqual(rowNames(back[49] as Row), ["aLongName", "id", "id"]);
    assert.equal(
      Object.getPrototypeOf(back[0]),
      Object.getPrototypeOf(back[9]),
    );
    const again = codec.decode(codec.encode(rows)) as Row[];
    assert.equal(
      Object.getPrototypeOf(back[0]),
      Object.getPrototypeOf(again[0]),
    );
  },
);
