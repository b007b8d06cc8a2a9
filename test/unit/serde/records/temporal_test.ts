import assert from "node:assert/strict";
import * as fc from "fast-check";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import { anyTemporal, sameValue } from "./arbitraries.ts";

const pure = { permissions: "none" } as const;
const codec = createCborCodec();

Deno.test("CborCodec gives back every value of Temporal", pure, () => {
  fc.assert(
    fc.property(
      anyTemporal,
      (value) => sameValue(codec.decode(codec.encode(value)), value),
    ),
    { numRuns: 1000 },
  );
  const edges = [
    Temporal.PlainDate.from("-271821-04-19"),
    Temporal.PlainYearMonth.from("-271821-04"),
    new Temporal.PlainYearMonth(2024, 5, "iso8601", 17),
    new Temporal.PlainMonthDay(2, 29, "iso8601", 2024),
    Temporal.Duration.from({ minutes: 60, milliseconds: 5000 }),
    Temporal.Instant.from("2024-01-01T00:00:00.123456789Z"),
  ];
  assert.ok(sameValue(codec.decode(codec.encode(edges)), edges));
});

Deno.test("CborCodec refuses a subclass of a type of Temporal", pure, () => {
  class Later extends Temporal.PlainTime {}
  assert.throws(() => codec.encode(new Later(1)), {
    message:
      'Cannot serialize record: it is an instance of class "Later"; map it to a plain object or array',
  });
});

Deno.test(
  "CborCodec.decode refuses parts that make no value of Temporal",
  pure,
  () => {
    const cases: [number[], string][] = [
      [[0x81, 8], "at byte 5 of 5: Temporal has no such type"],
      [[0x81, 0], "at byte 5 of 5: TypeError: a bigint is missing"],
      [[0x82, 2, 5], "at byte 6 of 6: TypeError: a text is missing"],
      [[0x82, 7, 0x60], "at byte 6 of 6: TypeError: a number is missing"],
    ];
    for (const [parts, text] of cases) {
      assert.throws(
        () => codec.decode(new Uint8Array([0xd9, 0x54, 0x5d, ...parts])),
        {
          condition: "CBOR_MALFORMED",
          message: `Cannot decode record ${text}`,
        },
      );
    }
  },
);

Deno.test({
  name: "CborCodec.decode tells what to do where there is no Temporal",
  permissions: { run: true, read: true, env: true },
  async fn() {
    const cbor = new URL("../../../../src/serde/cbor/cbor.ts", import.meta.url);
    const hex = codec.encode([new Temporal.Instant(5n)]).toHex();
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        "--no-check",
        `
        delete globalThis.Temporal;
        const { createCborCodec } = await import("${cbor.href}");
        const codec = createCborCodec();
        console.log(codec.decode(codec.encode([new Date(0)]))[0].getTime());
        try { codec.decode(Uint8Array.fromHex("${hex}")); } catch (error) { console.log(error.condition, error.message); }
      `,
      ],
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder();
    assert.equal(
      text.decode(stdout),
      '0\nTEMPORAL_MISSING Cannot make a value of "Temporal.Instant": this runtime has no Temporal; run the program in Deno, or map such values to texts before they come back\n',
      text.decode(stderr),
    );
  },
});
