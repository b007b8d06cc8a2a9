import { platform } from "../../common/platform/deno.ts";

/** Whether Spark's loopback address is IPv6's, which PySpark, too, takes from the environment. */
export function prefersIpv6(): boolean {
  const name = "SPARK_PREFER_IPV6";
  return platform.environment()[name]?.toLowerCase() === "true";
}
