import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { errorMessage } from "../common/error_message.ts";
import { platform } from "../common/platform/deno.ts";
import { Gateway } from "../driver/gateway/gateway.ts";
import type { JavaObject } from "../driver/gateway/java_object.ts";
import { launchGateway } from "../driver/launch/gateway_process.ts";
import { readContainerLog } from "./container_log.ts";
import { note } from "./terminal.ts";

const LIMIT_MS = 60_000; // node managers hand the logs over when the application has ended
const PAUSE_MS = 500; // between two questions to the resource manager: it has no event for it
const ALL = 2n ** 63n - 1n; // bytes of a log
const RECORDS = "org.apache.hadoop.yarn.api.records";

/**
 * Writes what a program in cluster mode has written: of each attempt in its
 * turn, from the logs that YARN has gathered. Where it has none, that is told.
 *
 * Peer: `org.apache.hadoop.yarn.client.cli.LogsCLI`, Hadoop 3, which needs more
 * than Spark's jars.
 *
 * @param sparkHome the Spark whose jars are used
 * @param folder where logs go, which is empty
 * @param application its id; null when spark-submit told none
 */
export async function showYarnOutput(
  sparkHome: string,
  folder: string,
  application: string | null,
): Promise<void> {
  try {
    if (application === null) {
      throw new Error(
        "the log level of spark-submit hides the application's id; have it log at level INFO",
      );
    }
    const outputs = await readOutputs(sparkHome, folder, application);
    for (const [at, text] of outputs.entries()) {
      if (outputs.length > 1) note(`Attempt ${at + 1} wrote:`);
      platform.writeOutput(text);
    }
  } catch (error) {
    note(`Cannot show what the program wrote: ${errorMessage(error)}`);
  }
}

/** What each attempt has written. */
async function readOutputs(
  sparkHome: string,
  folder: string,
  application: string,
): Promise<string[]> {
  await using process = await launchGateway({
    sparkHome,
    conf: { "spark.master": "local[1]", "spark.driver.memory": "512m" },
    log: () => {},
  });
  const gateway = await Gateway.connect({ ...process, process });
  try {
    const conf = await gateway.construct(
      "org.apache.hadoop.yarn.conf.YarnConfiguration",
    );
    const id = await gateway.callStaticObject(
      `${RECORDS}.ApplicationId`,
      "fromString",
      application,
    );
    const client = await gateway.callStaticObject(
      "org.apache.hadoop.yarn.client.api.YarnClient",
      "createYarnClient",
    );
    await client.call("init", conf);
    await client.call("start");
    const owner = await gathered(client, id);
    const logs = new ContainerLogs(gateway, conf, { id, owner, folder });
    const texts: string[] = [];
    for (const container of await masters(client, id)) {
      texts.push(await logs.read(container));
    }
    return texts;
  } finally {
    await gateway.close();
  }
}

/**
 * Waits until YARN has gathered an application's logs.
 *
 * @returns whose they are
 */
async function gathered(client: JavaObject, id: JavaObject): Promise<string> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const report = await client.callObject("getApplicationReport", id);
    const found = await report.callObjectOrNull("getLogAggregationStatus");
    const status = await found?.callString("toString") ?? "DISABLED";
    if (/^(SUCCEEDED|FAILED|TIME_OUT)$/.test(status)) {
      return await report.callString("getUser");
    }
    if (status === "DISABLED") {
      throw new Error(
        "this cluster gathers no logs; set yarn.log-aggregation-enable there, or look for them on its nodes",
      );
    }
    if (performance.now() > end) {
      throw new Error(
        `its logs were not gathered within ${
          LIMIT_MS / 1000
        } s; ask "yarn logs" later`,
      );
    }
    await setTimeout(PAUSE_MS);
  }
}

/** The containers of application masters, the first attempt's first. */
async function masters(
  client: JavaObject,
  id: JavaObject,
): Promise<string[]> {
  const attempts = await client.callObject("getApplicationAttempts", id);
  const names: string[] = [];
  for (let at = await attempts.callNumber("size") - 1; at >= 0; at--) {
    const attempt = await attempts.callObject("get", at);
    const container = await attempt.callObjectOrNull("getAMContainerId");
    if (container !== null) names.push(await container.callString("toString"));
  }
  return names.sort();
}

/** Reads what containers of one application have written to stdout. */
class ContainerLogs {
  readonly #gateway: Gateway;
  readonly #conf: JavaObject;
  readonly #of: {
    readonly id: JavaObject;
    readonly owner: string;
    readonly folder: string;
  };

  constructor(
    gateway: Gateway,
    conf: JavaObject,
    of: { id: JavaObject; owner: string; folder: string },
  ) {
    this.#gateway = gateway;
    this.#conf = conf;
    this.#of = of;
  }

  /** Peer: `LogCLIHelpers`, which writes a file for each container into a folder for its node. */
  async read(container: string): Promise<string> {
    const { id, owner, folder } = this.#of;
    const gateway = this.#gateway;
    const helper = await gateway.construct(
      "org.apache.hadoop.yarn.logaggregation.LogCLIHelpers",
    );
    await helper.call("setConf", this.#conf);
    const request = await gateway.construct(
      "org.apache.hadoop.yarn.logaggregation.ContainerLogsRequest",
    );
    const types = await gateway.construct("java.util.HashSet");
    await types.call("add", "stdout");
    for (
      const [name, value] of [
        ["AppId", id],
        ["AppOwner", owner],
        ["AppFinished", true],
        ["ContainerId", container],
        ["LogTypes", types],
        ["OutputLocalDir", folder],
        ["Bytes", ALL],
      ] as const
    ) await request.call(`set${name}`, value);
    await helper.call("dumpAContainerLogsForLogTypeWithoutNodeId", request);
    for (const node of await readdir(folder)) {
      const path = join(folder, node, container);
      const written = await readFile(path).catch(() => null);
      if (written !== null) return readContainerLog(written);
    }
    return "";
  }
}
