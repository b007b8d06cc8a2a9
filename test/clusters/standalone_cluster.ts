import { addHost, makeBridge, startUntil } from "./host_lab.ts";

/** A standalone cluster on hosts of its own. */
export interface StandaloneCluster extends AsyncDisposable {
  /** Spark's master. */
  readonly master: string;
}

const MASTER_PORT = 7077;
const WORKERS = 3;

/**
 * Starts a master and three workers of one core, each on a host of its own,
 * with the external shuffle service. To be used in a new network namespace.
 *
 * @param sparkHome the Spark that runs them
 * @param folder for what executors write
 */
export async function startStandalone(
  sparkHome: string,
  folder: string,
): Promise<StandaloneCluster> {
  const stack = new AsyncDisposableStack();
  try {
    await makeBridge();
    const env = {
      SPARK_HOME: sparkHome,
      SPARK_DAEMON_MEMORY: "256m",
      SPARK_DAEMON_JAVA_OPTS: Deno.env.get("SPARK_SUBMIT_OPTS") ?? "", // as the driver's
      SPARK_WORKER_OPTS: "-Dspark.shuffle.service.enabled=true",
    };
    const spark = `${sparkHome}/bin/spark-class`;
    const head = await addHost(stack, 10);
    await startUntil(
      stack,
      [
        ...head.enter,
        spark,
        "org.apache.spark.deploy.master.Master",
        ...["--host", head.address, "--port", String(MASTER_PORT)],
        ...["--webui-port", "0"],
      ],
      { ...env, SPARK_LOCAL_IP: head.address },
      "elected leader",
    );
    const master = `spark://${head.address}:${MASTER_PORT}`;
    const hosts = Array.from({ length: WORKERS }, (_, i) => 11 + i);
    for (const last of hosts) {
      const host = await addHost(stack, last);
      await startUntil(
        stack,
        [
          ...host.enter,
          spark,
          "org.apache.spark.deploy.worker.Worker",
          ...["--host", host.address, "--webui-port", "0"],
          ...["--cores", "1", "--memory", "700m"],
          ...["--work-dir", `${folder}/${host.address}`, master],
        ],
        { ...env, SPARK_LOCAL_IP: host.address },
        "registered with master",
      );
    }
    return {
      master,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
