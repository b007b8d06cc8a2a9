import assert from "node:assert/strict";
import { GatewayError } from "../../../mod.ts";
import { ownSession } from "../shared_session.ts";

Deno.test("a driver's JVM whose memory is full ends, and the error names the setting", async () => {
  await using spark = await ownSession({ "spark.driver.memory": "512m" });
  const sc = spark.sparkContext;
  const large = sc.range(0, 8, 1, 8).map((n) => `${n}`.repeat(90_000_000));
  await assert.rejects(large.collect(), (error: unknown) => {
    assert.ok(error instanceof GatewayError, Deno.inspect(error));
    assert.equal(error.condition, "DRIVER_OUT_OF_MEMORY");
    assert.equal(
      error.message,
      'Cannot go on: the driver\'s JVM ended because its memory of 512m was full; raise "spark.driver.memory", or bring less to the driver',
    );
    return true;
  });
  await assert.rejects(sc.range(3).count(), {
    condition: "DRIVER_OUT_OF_MEMORY",
  });
});
