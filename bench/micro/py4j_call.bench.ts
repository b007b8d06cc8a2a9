import { Gateway } from "../../src/driver/gateway/gateway.ts";
import { findSpark } from "../../src/driver/launch/find_spark.ts";
import { launchGateway } from "../../src/driver/launch/gateway_process.ts";
import type { MicroSuite } from "./suite.ts";

const AT_ONCE = 16;

/** Calls into a JVM. */
export default async function py4jCall(): Promise<MicroSuite> {
  const { home } = await findSpark();
  const process = await launchGateway({ sparkHome: home, conf: {} });
  const gateway = await Gateway.connect({ ...process, process });
  const list = await gateway.construct("java.util.ArrayList");
  const text = "x".repeat(10_000);
  const row = (name: string, items: number, run: () => Promise<unknown>) => ({
    name,
    items,
    variants: { "tspark": run },
  });
  const abs = (value: number) =>
    gateway.callStatic("java.lang.Math", "abs", value);
  return {
    item: "call",
    rows: [
      row("a static method", 1, () => abs(-1)),
      row(
        `a static method, ${AT_ONCE} at once`,
        AT_ONCE,
        () => Promise.all(Array.from({ length: AT_ONCE }, (_, i) => abs(-i))),
      ),
      row("a method of an object", 1, () => list.call("size")),
      row("a new object, released", 1, async () => {
        const made = await gateway.construct("java.util.ArrayList");
        const { id } = made;
        gateway.release(made);
        return id;
      }),
      row(
        "10,000 characters there and back",
        1,
        () => gateway.callStatic("java.lang.String", "valueOf", text),
      ),
    ],
    close: () => gateway[Symbol.asyncDispose](),
  };
}
