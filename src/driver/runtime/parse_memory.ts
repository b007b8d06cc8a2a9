const UNITS: Readonly<Record<string, number>> = {
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
};

/**
 * Reads an amount of memory as Spark's settings give it.
 *
 * Peer: `pyspark.util._parse_memory`.
 *
 * @param key the setting, for the message
 * @param text a number and a unit: k, m, g or t, such as `512m`
 * @returns bytes
 * @throws RangeError for anything else
 */
export function parseMemory(key: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)([kmgt])b?$/i.exec(text.trim());
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ""];
  if (match === null || unit === undefined) {
    throw new RangeError(
      `Cannot read "${key}": "${text}" is not an amount of memory; give a number and a unit such as 512m or 2g`,
    );
  }
  return Math.floor(Number(match[1]) * unit);
}
