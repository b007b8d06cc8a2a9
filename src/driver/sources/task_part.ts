/** Methods that Spark has called on the driver alone. */
const ON_DRIVER: ReadonlySet<string> = new Set([
  "abort",
  "commit",
  "getDefaultReadLimit",
  "initialOffset",
  "latestOffset",
  "partitions",
  "prepareForTriggerAvailableNow",
  "pushFilters",
  "reportLatestOffset",
  "stop",
]);

/**
 * What tasks need of a reader or writer: of a plain object, all but the
 * methods that are called on the driver, so that what these use stays there,
 * such as an open connection. An instance of a class is serialized with its class.
 *
 * @param holder the reader or writer; it is not changed
 * @param method what tasks call
 */
export function taskPart(holder: object, method: string): object {
  const proto: unknown = Object.getPrototypeOf(holder);
  if (proto !== Object.prototype && proto !== null) return holder;
  const kept = Object.entries(Object.getOwnPropertyDescriptors(holder))
    .filter(([name]) => !ON_DRIVER.has(name) && !isSimpleRead(name, method));
  return Object.defineProperties({}, Object.fromEntries(kept));
}

/** The driver reads a simple stream; tasks read what was read before. */
function isSimpleRead(name: string, method: string): boolean {
  return name === "read" && method === "readBetweenOffsets";
}
