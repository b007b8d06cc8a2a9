import assert from "node:assert/strict";
import fc from "fast-check";
import {
  unscaledDecimal,
  withPoint,
} from "../../../../src/serde/records/decimal_digits.ts";

const pure = { permissions: "none" } as const;

Deno.test({
  ...pure,
  name: "unscaledDecimal() takes what withPoint() writes, of all sizes",
  fn(): void {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 38n) + 1n, 10n ** 38n - 1n),
        fc.integer({ min: 0, max: 38 }),
        (unscaled, scale) => {
          const digits = String(unscaled < 0n ? -unscaled : unscaled);
          const text = withPoint(digits, unscaled < 0n, scale);
          assert.equal(
            unscaledDecimal(text, { precision: 38, scale }),
            unscaled,
          );
        },
      ),
    );
  },
});

Deno.test({
  ...pure,
  name: "unscaledDecimal() knows exponents, and refuses what would be rounded",
  fn(): void {
    const type = { precision: 5, scale: 2 };
    assert.equal(unscaledDecimal("1E+2", type), 10000n);
    assert.equal(unscaledDecimal("-12.50", type), -1250n);
    assert.equal(unscaledDecimal("1.2500", type), 125n);
    assert.equal(unscaledDecimal("100E-2", type), 100n);
    assert.equal(unscaledDecimal("0.0000", type), 0n);
    assert.deepEqual(unscaledDecimal("1.255", type), {
      kind: "range",
      wanted: "it has more than 2 digits behind the point: round it first",
    });
    assert.deepEqual(unscaledDecimal("1000", type), {
      kind: "range",
      wanted: "it may have 3 digits before the point",
    });
    for (const text of ["", ".", "x", "1e99999", "--1"]) {
      assert.deepEqual(unscaledDecimal(text, type), { kind: "form" });
    }
  },
});
