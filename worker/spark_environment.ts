/**
 * What Spark tells its worker processes by environment variables. Spark writes
 * `True`, `true` or `false`, as versions differ.
 *
 * @module
 */

/** Whether every socket is a Unix socket. Peer: `PYTHON_UNIX_DOMAIN_ENABLED`, Spark 4.1+. */
export function usesUnixSockets(): boolean {
  return isTrue("PYTHON_UNIX_DOMAIN_ENABLED");
}

/** Whether the loopback address is IPv6's. Peer: `SPARK_PREFER_IPV6`. */
export function prefersIpv6(): boolean {
  return isTrue("SPARK_PREFER_IPV6");
}

function isTrue(name: string): boolean {
  return Deno.env.get(name)?.toLowerCase() === "true";
}
