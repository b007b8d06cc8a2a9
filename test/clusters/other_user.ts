import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { startUntil } from "./host_lab.ts";

/** A standalone cluster whose worker is another user, to whom nothing of TSpark can be seen. */
export interface OtherUsersCluster {
  /** Spark's master. */
  readonly master: string;
  /** The user's home, which is empty at first. */
  readonly home: string;
  /** A folder in which the user may read. */
  readonly shared: string;
}

/** `nobody`. */
const USER = 65534;
const PROJECT = dirname(dirname(import.meta.dirname ?? ""));

/**
 * Starts a master, and a worker of two cores as another user: with an empty
 * home, a `PATH` without Deno, and, in a mount namespace of its own, neither
 * the project's folder nor the driver's home, whatever their modes say.
 *
 * @param stack ends it
 * @param sparkHome the Spark that runs them
 */
export async function startAsOtherUser(
  stack: AsyncDisposableStack,
  sparkHome: string,
): Promise<OtherUsersCluster> {
  const folder = await Deno.makeTempDir({ prefix: "tspark-other-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  await Deno.chmod(folder, 0o755);
  const [home, work, spark, shared] = ["home", "work", "spark", "shared"]
    .map((name) => `${folder}/${name}`) as [string, string, string, string];
  for (const path of [home, work, spark, shared]) {
    await Deno.mkdir(path);
    if (path !== home && path !== work) continue;
    await Deno.chown(path, USER, USER);
    await Deno.chmod(path, 0o700);
  }
  const port = freePort();
  const address = ["--host", "127.0.0.1"];
  await startUntil(
    stack,
    [
      `${sparkHome}/bin/spark-class`,
      "org.apache.spark.deploy.master.Master",
      ...[...address, "--port", String(port), "--webui-port", "0"],
    ],
    { SPARK_HOME: sparkHome, SPARK_DAEMON_MEMORY: "256m" },
    "elected leader",
  );
  const master = `spark://127.0.0.1:${port}`;
  const inside = [
    ...["setpriv", `--reuid=${USER}`, `--regid=${USER}`, "--clear-groups"],
    ...["env", "-i", "PATH=/usr/bin:/bin", `HOME=${home}`],
    ...[`JAVA_HOME=${Deno.env.get("JAVA_HOME") ?? ""}`, `SPARK_HOME=${spark}`],
    ...["SPARK_DAEMON_MEMORY=256m", `${spark}/bin/spark-class`],
    "org.apache.spark.deploy.worker.Worker",
    ...[...address, "--webui-port", "0", "--cores", "2", "--memory", "1g"],
    ...["--work-dir", work, master],
  ];
  await startUntil(
    stack,
    [
      ...["unshare", "--mount", "sh", "-ec", HIDING, "sh"],
      ...[sparkHome, spark, PROJECT, Deno.env.get("HOME") ?? "/root"],
      ...inside,
    ],
    {},
    "registered with master",
  );
  return { master, home, shared };
}

/** Spark is seen elsewhere; where the project and the driver's home are, nothing is. */
const HIDING = `
mount --bind "$1" "$2"
mount -t tmpfs -o mode=000 none "$3"
mount -t tmpfs -o mode=000 none "$4"
cd /
shift 4
exec "$@"`;

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Path of the program whose functions travel to such a cluster. */
export const SHIPPED_JOB: string = fileURLToPath(
  new URL("shipped_job.ts", import.meta.url),
);
