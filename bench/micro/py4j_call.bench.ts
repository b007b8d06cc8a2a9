import { Bench } from "tinybench";
import { Gateway } from "../../src/driver/gateway/gateway.ts";
import { findSpark } from "../../src/driver/launch/find_spark.ts";
import { launchGateway } from "../../src/driver/launch/gateway_process.ts";

/** Calls into a JVM: one after another, and sixteen at once. */
export default async function py4jCall(): Promise<
  { bench: Bench; close(): Promise<void> }
> {
  const { home } = await findSpark();
  const process = await launchGateway({ sparkHome: home, conf: {} });
  const gateway = await Gateway.connect({ ...process, process });
  const bench = new Bench();
  bench.add("one static call", async () => {
    await gateway.callStatic("java.lang.Math", "abs", -1);
  });
  bench.add("sixteen static calls at once", async () => {
    await Promise.all(
      Array.from(
        { length: 16 },
        () => gateway.callStatic("java.lang.Math", "abs", -1),
      ),
    );
  });
  return { bench, close: () => gateway[Symbol.asyncDispose]() };
}
