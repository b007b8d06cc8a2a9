import assert from "node:assert/strict";
import { profileTable } from "../../../../src/driver/udf/profile_table.ts";

Deno.test({
  name: "profileTable() of nothing tells what measures",
  permissions: "none",
  fn() {
    assert.equal(
      profileTable([]),
      'Nothing was measured: set spark.tspark.profile to "time" or "cpu" before a function is called in a query, and run the query',
    );
  },
});
