import type { ProofName } from "./proofs.ts";

/** One setting under which TSpark has to work. */
export interface MatrixRow {
  /** In the table. */
  readonly name: string;
  /** Spark's master; `standalone` for the three hosts of the lab. */
  readonly master: string;
  /** Spark's properties. */
  readonly settings: Readonly<Record<string, string>>;
  /** Added to the environment of the program and its JVM. */
  readonly env?: Readonly<Record<string, string>>;
  /** What shows that the setting is in force. */
  readonly proof: ProofName;
  /** The Sparks on which it runs; the newest alone if not given. */
  readonly versions?: readonly string[];
  /** Takes longer than CI has time for. */
  readonly isLong?: boolean;
}

/** What a row's program is told. */
export interface RowJob {
  readonly name: string;
  readonly master: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly proof: ProofName;
  /** Path of the text to count. */
  readonly text: string;
}

/** What it says. */
export interface RowOutcome {
  /** Different words counted, all of them as expected. */
  readonly words: number;
  /** What was seen of the setting. */
  readonly proof: string;
}

const ALL_VERSIONS = ["3.5.9", "4.0.5", "4.1.4", "4.2.1", "4.3.0"];

/** The matrix, in the order of the table. */
export const MATRIX: readonly MatrixRow[] = [
  {
    name: "local, each Spark",
    master: "local[2]",
    settings: {},
    proof: "version",
    versions: ALL_VERSIONS,
  },
  {
    name: "two executors of `local-cluster`",
    master: "local-cluster[2,1,1024]",
    settings: {},
    proof: "executors",
    versions: ["3.5.9", "4.3.0"],
  },
  {
    name: "standalone cluster of three hosts",
    master: "standalone",
    settings: {},
    proof: "hosts",
    versions: ["3.5.9", "4.3.0"],
  },
  {
    name: "functions in a query over hosts",
    master: "standalone",
    settings: {},
    proof: "functionsOnHosts",
    versions: ["3.5.9", "4.3.0"],
  },
  {
    name: "dynamic allocation with the external shuffle service",
    master: "standalone",
    settings: {
      "spark.dynamicAllocation.enabled": "true",
      "spark.dynamicAllocation.minExecutors": "0",
      "spark.dynamicAllocation.initialExecutors": "0",
      "spark.dynamicAllocation.executorIdleTimeout": "2s",
      "spark.shuffle.service.enabled": "true",
    },
    proof: "shuffleFilesOutliveExecutors",
  },
  {
    name: "dynamic allocation with shuffle tracking",
    master: "standalone",
    settings: {
      "spark.dynamicAllocation.enabled": "true",
      "spark.dynamicAllocation.shuffleTracking.enabled": "true",
      "spark.dynamicAllocation.minExecutors": "0",
      "spark.dynamicAllocation.initialExecutors": "0",
    },
    proof: "executors",
    isLong: true,
  },
  {
    name: "encryption of files (`spark.io.encryption.enabled`)",
    master: "local[2]",
    settings: { "spark.io.encryption.enabled": "true" },
    proof: "filesAreEncrypted",
    versions: ["3.5.9", "4.3.0"],
  },
  {
    name: "authentication (`spark.authenticate`) and encrypted RPC",
    master: "local-cluster[2,1,1024]",
    settings: {
      "spark.authenticate": "true",
      "spark.authenticate.secret": "not a secret: only in this test",
      "spark.network.crypto.enabled": "true",
    },
    proof: "executors",
  },
  {
    name: "Unix sockets (`spark.python.unix.domain.socket.enabled`)",
    master: "local[2]",
    settings: { "spark.python.unix.domain.socket.enabled": "true" },
    proof: "unixSockets",
    versions: ["4.1.4", "4.3.0"],
  },
  {
    name: "IPv6 loopback",
    master: "local[2]",
    settings: {
      "spark.driver.extraJavaOptions": "-Djava.net.preferIPv6Addresses=true",
    },
    env: { SPARK_PREFER_IPV6: "true" },
    proof: "ipv6",
  },
  {
    name: "`spark.python.use.daemon=false`",
    master: "local[2]",
    settings: { "spark.python.use.daemon": "false" },
    proof: "workersAreTheJvms",
    versions: ["3.5.9", "4.3.0"],
  },
  {
    name: "`spark.python.worker.reuse=false`",
    master: "local[1]",
    settings: { "spark.python.worker.reuse": "false" },
    proof: "workersServeOnce",
  },
  {
    name: "idle workers ended after a minute",
    master: "local[1]",
    settings: {},
    proof: "idleWorkersEnd",
    isLong: true,
  },
  {
    name: "memory limit (`spark.executor.pyspark.memory`)",
    master: "local-cluster[2,1,1024]",
    settings: {
      "spark.executor.pyspark.memory": "300m",
      "spark.task.maxFailures": "1",
    },
    proof: "memoryLimit",
    versions: ["3.5.9", "4.3.0"],
  },
  {
    name: "speculative execution (needs another host)",
    master: "standalone",
    settings: {
      "spark.speculation": "true",
      "spark.speculation.interval": "100ms",
      "spark.speculation.multiplier": "1.1",
      "spark.speculation.quantile": "0.25",
      "spark.speculation.minTaskRuntime": "100ms",
    },
    proof: "speculation",
  },
  {
    name: "barrier stages over hosts",
    master: "standalone",
    settings: {},
    proof: "barrier",
  },
];
