import type { SparkContext } from "../../mod.ts";
import { planOf } from "../../src/driver/rdd/rdd.ts";

/**
 * How many objects the JVM holds for this program.
 *
 * @param sc any context of the program
 */
export async function liveJavaObjects(sc: SparkContext): Promise<number> {
  const { gateway } = planOf(sc.range(0)).runtime;
  await gateway.released();
  return await gateway.scope(async () => {
    const py4j = await gateway.server.callObject("getGateway");
    return await (await py4j.callObject("getBindings")).callNumber("size");
  });
}
