import { findSpark } from "../../src/driver/launch/find_spark.ts";
import { launchGateway } from "../../src/driver/launch/gateway_process.ts";
import { Gateway } from "../../src/driver/gateway/gateway.ts";
import type { JavaObject } from "../../src/driver/gateway/java_object.ts";
import { type MavenJar, mavenJars } from "./maven_jars.ts";

/** Hadoop's clusters for tests, and what these need beside Spark's jars. */
const JARS: readonly MavenJar[] = [
  ["org.apache.hadoop", "hadoop-client-minicluster", "3.5.0"],
  ["org.junit.jupiter", "junit-jupiter-api", "5.13.4"],
  ["org.bouncycastle", "bcpkix-jdk18on", "1.78.1"],
];
const NODE_MANAGERS = 2;
const MAPPING = "org.apache.hadoop.net.ScriptBasedMapping"; // that of Hadoop itself
const SETTINGS: Readonly<Record<string, string>> = {
  "yarn.minicluster.yarn.nodemanager.resource.memory-mb": "3072",
  "yarn.minicluster.fixed.ports": "false",
  "yarn.nodemanager.pmem-check-enabled": "false", // each has what the test gives it
  "yarn.nodemanager.vmem-check-enabled": "false",
  "yarn.scheduler.minimum-allocation-mb": "128",
  "yarn.scheduler.capacity.root.queues": "default",
  "yarn.scheduler.capacity.root.default.capacity": "100",
  "yarn.scheduler.capacity.maximum-am-resource-percent": "1",
  "yarn.log-aggregation-enable": "true",
  "yarn.nodemanager.remote-app-log-dir": "/logs",
  "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage":
    "99.5",
  "dfs.replication": "1",
};

/** YARN and HDFS on this machine, which go with their block. */
export interface YarnCluster extends AsyncDisposable {
  /** Folder of its settings, for `HADOOP_CONF_DIR`. */
  readonly confFolder: string;
  /** Address of its file system, as in `hdfs://localhost:8020`. */
  readonly fileSystem: string;
  /** Folder below which containers run and files are stored. */
  readonly folder: string;
}

/**
 * Starts Hadoop's `MiniDFSCluster` and a `MiniYARNCluster` of two node managers
 * in a JVM of Spark's that has no context, by calls of its gateway.
 *
 * @param folder where jars, settings, files and logs lie
 */
export async function startYarn(folder: string): Promise<YarnCluster> {
  const jars = await mavenJars(`${folder}/jars`, JARS, true);
  const stack = new AsyncDisposableStack();
  try {
    const process = stack.use(
      await launchGateway({
        sparkHome: (await findSpark()).home,
        conf: {
          "spark.master": "local[1]",
          "spark.driver.memory": "700m",
          "spark.driver.extraClassPath": jars.join(":"),
          "spark.driver.extraJavaOptions":
            `-Dtest.build.data=${folder}/data -Dyarn.nodemanager.log-dirs=${folder}/logs`,
        },
        log: () => {},
      }),
    );
    const gateway = await Gateway.connect({ ...process, process });
    stack.defer(() => gateway.close());
    const conf = await startClusters(gateway, folder);
    // Both name a class that is in jars for tests alone.
    await conf.call("set", "net.topology.node.switch.mapping.impl", MAPPING);
    const confFolder = `${folder}/conf`;
    await Deno.mkdir(confFolder);
    // Hadoop's own defaults count more than what files of another kind say.
    for (const kind of ["core", "hdfs", "yarn"]) {
      const out = await gateway.construct(
        "java.io.FileOutputStream",
        `${confFolder}/${kind}-site.xml`,
      );
      await conf.call("writeXml", out);
      await out.call("close");
    }
    const fileSystem = await conf.callString("get", "fs.defaultFS");
    return {
      confFolder,
      fileSystem,
      folder,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** Gives the settings by which both are reached. */
async function startClusters(
  gateway: Gateway,
  folder: string,
): Promise<JavaObject> {
  const conf = await gateway.construct(
    "org.apache.hadoop.yarn.conf.YarnConfiguration",
  );
  for (const [name, value] of Object.entries(SETTINGS)) {
    await conf.call("set", name, value);
  }
  await conf.call("set", "hdfs.minidfs.basedir", `${folder}/hdfs`);
  const builder = await gateway.construct(
    "org.apache.hadoop.hdfs.MiniDFSCluster$Builder",
    conf,
  );
  await builder.callObject("build");
  const cluster = await gateway.construct(
    "org.apache.hadoop.yarn.server.MiniYARNCluster",
    "tspark",
    ...[1, NODE_MANAGERS, 1, 1],
  );
  await cluster.call("init", conf);
  await cluster.call("start");
  return await cluster.callObject("getConfig");
}
