import { expectNumber, expectObject, expectString } from "../gateway/expect.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { readMap } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";

/** A kind of device, such as GPUs, that Spark found for a process. */
export interface ResourceInformation {
  /** The resource's name, such as `"gpu"`. */
  readonly name: string;
  /** The devices, named as the discovery script names them. */
  readonly addresses: readonly string[];
}

/** What is fixed for an application once it runs. */
export interface ApplicationInfo {
  /** Who runs it. */
  readonly sparkUser: string;
  /** When it started, in milliseconds since 1970. */
  readonly startTime: number;
  /** The driver's devices by resource name. */
  readonly resources: ReadonlyMap<string, ResourceInformation>;
  /** The driver's folder of files that were added for the workers. */
  readonly filesDirectory: string;
}

/**
 * Asks the JVM for what is fixed, once.
 *
 * @param gateway the door to the JVM
 * @param jsc the `JavaSparkContext`
 */
export async function readApplicationInfo(
  gateway: Gateway,
  jsc: JavaObject,
): Promise<ApplicationInfo> {
  const filesDirectory = await gateway.callStatic(
    "org.apache.spark.SparkFiles",
    "getRootDirectory",
  );
  return {
    sparkUser: await jsc.callString("sparkUser"),
    startTime: expectNumber(await jsc.call("startTime"), "startTime"),
    resources: await readResources(await jsc.callObject("resources")),
    filesDirectory: expectString(filesDirectory, "getRootDirectory"),
  };
}

async function readResources(
  map: JavaObject,
): Promise<ReadonlyMap<string, ResourceInformation>> {
  const resources = new Map<string, ResourceInformation>();
  for (const [key, value] of await readMap(map)) {
    const resource = expectObject(value, "resources");
    const addresses = await resource.callObject("addresses");
    const names = await resource.gateway.arrayElements(addresses);
    resources.set(expectString(key, "resources"), {
      name: await resource.callString("name"),
      addresses: names.map((name) => expectString(name, "addresses")),
    });
  }
  return resources;
}
