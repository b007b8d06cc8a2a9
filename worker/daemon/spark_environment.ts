/**
 * What Spark tells its worker processes by environment variables. Spark writes
 * `True`, `true` or `false`, as versions differ.
 *
 * @module
 */

import { PERMISSIONS_VARIABLE } from "../../src/common/worker_permissions.ts";

/** Gives a variable; undefined where it is not set. */
export type Variables = (name: string) => string | undefined;

/** The variables of this process. */
export function ownVariables(name: string): string | undefined {
  return Deno.env.get(name);
}

/** Whether every socket is a Unix socket. Peer: `PYTHON_UNIX_DOMAIN_ENABLED`, Spark 4.1+. */
export function usesUnixSockets(variables: Variables): boolean {
  return isTrue(variables("PYTHON_UNIX_DOMAIN_ENABLED"));
}

/** Whether the loopback address is IPv6's. Peer: `SPARK_PREFER_IPV6`. */
export function prefersIpv6(variables: Variables): boolean {
  return isTrue(variables("SPARK_PREFER_IPV6"));
}

/** Folders for what does not fit into memory. Peer: `SPARK_LOCAL_DIRS`. */
export function localFolders(variables: Variables): string[] {
  const folders = (variables("SPARK_LOCAL_DIRS") ?? "").split(",");
  return folders.filter((folder) => folder !== "");
}

/** What functions may do, as `spark.tspark.worker.permissions` says; undefined: everything. */
export function workerPermissions(variables: Variables): string | undefined {
  return variables(PERMISSIONS_VARIABLE);
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}
