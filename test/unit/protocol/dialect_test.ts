import assert from "node:assert/strict";
import { ProtocolError } from "../../../src/common/errors.ts";
import { dialectOf, DIALECTS } from "../../../src/protocol/dialect.ts";

const KNOWN: readonly (readonly [string, string])[] = [
  ["3.5.0", "3.5"],
  ["3.5.9", "3.5"],
  ["3.5.2-amzn-1", "3.5"],
  ["3.5", "3.5"],
  ["4.0.0-preview2", "4.0"],
  ["4.0.5", "4.0"],
  ["4.1.4", "4.1"],
  ["4.2.1", "4.2"],
  ["4.3.0-SNAPSHOT", "4.3"],
];

Deno.test({
  name: "dialectOf names the minor version of every Spark that is known",
  permissions: "none",
  fn(): void {
    for (const [version, dialect] of KNOWN) {
      assert.equal(dialectOf(version), dialect);
    }
    assert.deepEqual(DIALECTS, ["3.5", "4.0", "4.1", "4.2", "4.3"]);
  },
});

Deno.test({
  name: "dialectOf refuses a Spark before 3.5",
  permissions: "none",
  fn(): void {
    for (const version of ["3.4.4", "2.4.8", "3.0.0"]) {
      fails(
        version,
        "SPARK_VERSION_TOO_OLD",
        `Cannot choose a worker protocol for Spark "${version}": the oldest Spark that TSpark speaks to is 3.5; install Spark 3.5, 4.0, 4.1, 4.2, 4.3`,
      );
    }
  },
});

Deno.test({
  name: "dialectOf refuses a Spark that is newer than what is known",
  permissions: "none",
  fn(): void {
    for (const version of ["4.4.0", "5.0.0", "3.6.0", "4.30.1"]) {
      fails(
        version,
        "SPARK_VERSION_UNKNOWN",
        `Cannot choose a worker protocol for Spark "${version}": this TSpark knows Spark 3.5, 4.0, 4.1, 4.2, 4.3 and nothing newer; update TSpark, or use one of these`,
      );
    }
  },
});

Deno.test({
  name: "dialectOf refuses a text that is no version",
  permissions: "none",
  fn(): void {
    for (const version of ["", "4", "spark", "v4.3.0", "4.", "4.99999"]) {
      fails(
        version,
        "SPARK_VERSION_INVALID",
        `Cannot choose a worker protocol for Spark "${version}": this is not a version such as "4.3.0"; check SPARK_HOME`,
      );
    }
  },
});

function fails(version: string, condition: string, message: string): void {
  assert.throws(() => dialectOf(version), (error: unknown) => {
    assert.ok(error instanceof ProtocolError);
    assert.equal(error.message, message);
    assert.equal(error.condition, condition);
    assert.equal(error.parameters.sparkVersion, version);
    return true;
  });
}
