import assert from "node:assert/strict";
import { GatewayError } from "../../../../src/common/errors.ts";
import { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import { requireMaster } from "../../../../src/driver/runtime/unreachable_master.ts";
import { FakePy4jServer } from "../../../mirror/py4j_server.ts";

/** Asks a fake JVM whose context has a master and an id. */
async function ask(master: string, applicationId: string): Promise<void> {
  await using server = new FakePy4jServer(([command, , method]) => {
    if (command === "A") return "!yv\n";
    if (method === "master") return `!ys${master}\n`;
    if (method === "applicationId") return `!ys${applicationId}\n`;
    return "!yro1\n";
  });
  await using gateway = await Gateway.connect({
    port: server.port,
    secret: "right",
  });
  await requireMaster(await gateway.construct("org.apache.spark.SparkContext"));
}

Deno.test("requireMaster() lets a context be that a master has taken, or that needs none", async () => {
  await ask("local[2]", "local-1700000000000");
  await ask("spark://host:7077", "app-20261129160000-0000");
  await ask("yarn", "spark-application-1700000000000");
});

Deno.test("requireMaster() names the master that did not answer, and what each address says", async () => {
  using closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr;
  closed.close();
  using open = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const master = `spark://127.0.0.1:${port},127.0.0.1:${open.addr.port}`;
  await assert.rejects(
    ask(master, "spark-application-1700000000000"),
    (error: unknown) => {
      assert.ok(error instanceof GatewayError);
      assert.equal(error.condition, "MASTER_UNREACHABLE");
      assert.equal(error.parameters["master"], master);
      assert.match(
        error.message,
        /^Cannot start the application: no master at "spark:\/\/127\.0\.0\.1:\d+,127\.0\.0\.1:\d+" took it within the minute that Spark tries \(127\.0\.0\.1:\d+ .*[Rr]efused.*, 127\.0\.0\.1:\d+ listens, but did not accept the application\); check the address, and that the master runs and has the same version of Spark$/,
      );
      return true;
    },
  );
});
