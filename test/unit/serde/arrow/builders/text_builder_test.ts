import assert from "node:assert/strict";
import { writeBatch } from "../write_batch.ts";
import { BatchReader } from "../../../../../src/serde/arrow/batch_reader.ts";
import { TextBuilder } from "../../../../../src/serde/arrow/builders/text_builder.ts";
import { readTexts } from "../../../../../src/serde/arrow/read_texts.ts";
import type { ArrowField } from "../../../../../src/serde/arrow/arrow_type.ts";

const NONE = { permissions: "none" } as const;

function textBuilder(): TextBuilder {
  const place = { column: "x", nullable: true, top: null };
  return new TextBuilder({ kind: "string" }, place);
}

/** What a reader finds of the builder's batch; null where its bits say so. */
function taken(builder: TextBuilder, isLarge = false): unknown[] {
  const { length } = builder;
  const field: ArrowField = {
    name: "x",
    nullable: true,
    type: { kind: "utf8", large: isLarge },
    dictionary: null,
    children: [],
    metadata: new Map(),
  };
  const message = writeBatch([builder], length, isLarge);
  const batch = new BatchReader({ fields: [field] })
    .read(message);
  const view = batch?.columns[0];
  assert.ok(view !== undefined);
  if (length === 0) return [];
  return readTexts(view).map((text, i) =>
    view.validity === null || ((view.validity[i >> 3] ?? 0) >> (i & 7) & 1)
      ? text
      : null
  );
}

const WORDS = [
  "",
  "a",
  "x".repeat(40),
  "é",
  "漢字".repeat(30),
  "😀",
  "\0",
  null,
];

Deno.test(
  "TextBuilder writes texts as they are, however many wait for each other",
  NONE,
  () => {
    for (const count of [0, 1, 2, 63, 64, 65, 1023, 1024, 1025, 5000]) {
      for (
        const words of [WORDS, ["a", "bc"], ["é"], [null], ["y".repeat(99)]]
      ) {
        const texts = Array.from(
          { length: count },
          (_, i) => words[i * 7 % words.length] ?? null,
        );
        for (const isLarge of [false, true]) {
          const builder = textBuilder();
          builder.appendAll(texts);
          assert.deepEqual(taken(builder, isLarge), texts);
        }
      }
    }
  },
);

Deno.test(
  "TextBuilder writes texts longer than all that may wait",
  NONE,
  () => {
    const long = "z".repeat(70_000);
    const wide = "é😀漢".repeat(40_000);
    const texts = ["a", long, "b", wide, wide, null, long, "", "c"];
    const builder = textBuilder();
    builder.appendAll(texts);
    assert.ok(builder.byteLength >= 2 * long.length + 2 * wide.length);
    assert.deepEqual(taken(builder), texts);
  },
);

Deno.test(
  "TextBuilder begins anew after a batch, and after clear()",
  NONE,
  () => {
    const builder = textBuilder();
    builder.appendAll(["first", null, "é"]);
    assert.deepEqual(taken(builder), ["first", null, "é"]);
    builder.appendAll(["lost", "é"]);
    builder.clear();
    assert.equal(builder.byteLength, 0);
    builder.append("second");
    assert.deepEqual(taken(builder), ["second"]);
  },
);

Deno.test(
  "TextBuilder refuses half a surrogate pair, though its other half follows",
  NONE,
  () => {
    const builder = textBuilder();
    builder.append("fine");
    const refused = /"\\ud83d" does not fit into type string/;
    assert.throws(() => builder.append("\ud83d"), refused);
    assert.throws(() => builder.append("\ude00"), /half of a surrogate pair/);
  },
);

Deno.test(
  "TextBuilder takes no part in what users make of arrays",
  NONE,
  () => {
    const seen: unknown[] = [];
    const { join } = Array.prototype;
    Object.defineProperty(Array.prototype, "3", {
      configurable: true,
      set: (value) => seen.push(value),
    });
    Array.prototype.join = () => "changed";
    const builder = textBuilder();
    try {
      for (let i = 0; i < 3000; i++) {
        builder.append(`a text that waits ${i % 10}`);
      }
    } finally {
      Array.prototype.join = join;
      delete (Array.prototype as unknown[])[3];
    }
    assert.deepEqual(seen, []);
    assert.equal(taken(builder)[2999], "a text that waits 9");
  },
);

Deno.test(
  "TextBuilder writes whole texts though the room for them ends within",
  NONE,
  () => {
    for (const character of ["a", "é", "漢", "😀"]) {
      for (const units of [100, 3_000, 60_000, 65_536, 65_540, 500_000]) {
        const text = character.repeat(units / character.length);
        for (const before of [[], ["x".repeat(33)], ["é".repeat(40)]]) {
          const builder = textBuilder();
          const texts = [...before, text, text];
          for (const each of texts) builder.append(each);
          assert.deepEqual(taken(builder), texts, `${units} of ${character}`);
        }
      }
    }
  },
);
