import {
  type GatewayProcess,
  launchGateway,
} from "../../src/driver/launch/gateway_process.ts";
import { findSpark } from "../../src/driver/launch/find_spark.ts";

/**
 * A JVM of the Spark under test, without a Spark context in it.
 *
 * @param env variables beside the program's own
 */
export async function launchTestGateway(
  env: Readonly<Record<string, string>> = {},
): Promise<GatewayProcess> {
  const { home } = await findSpark();
  return await launchGateway({
    sparkHome: home,
    env: { ...Deno.env.toObject(), ...env },
    conf: {
      "spark.master": "local[1]",
      "spark.ui.enabled": "false",
      "spark.driver.memory": "512m",
    },
  });
}
