import { DEFAULT_SIZE } from "./vega_lite.ts";

/** Pixels that a letter of a label takes, about, and those between two labels. */
const LETTER = 6.5;
const GAP = 8;
const MIDNIGHT = "T00:00:00.000";

/**
 * How labels stand below a picture: side by side where there is room, else
 * upright, without those that would lie on others.
 *
 * @param labels the texts, as often as they come
 * @param width of the picture, in pixels
 */
export function labelsBelow(
  labels: readonly unknown[],
  width: number = DEFAULT_SIZE.width,
): object {
  const texts = new Set(labels.map(String));
  const longest = texts.values().reduce(
    (n, text) => Math.max(n, text.length),
    0,
  );
  return texts.size * (longest * LETTER + GAP) <= width
    ? { labelAngle: 0 }
    : { labelAngle: -90, labelOverlap: "greedy" };
}

/**
 * Points in time as people write them: days where all are midnights, and
 * milliseconds only where there are some.
 *
 * @param times as `2024-01-31T00:00:00.000`, or null
 */
export function timeLabels<T>(times: readonly T[]): (T | string)[] {
  const texts = times.filter((time) => typeof time === "string");
  const isDays = texts.every((text) => text.endsWith(MIDNIGHT));
  const isSeconds = texts.every((text) => text.endsWith(".000"));
  return times.map((time) => {
    if (typeof time !== "string") return time;
    if (isDays) return time.slice(0, -MIDNIGHT.length);
    return (isSeconds ? time.slice(0, -".000".length) : time).replace("T", " ");
  });
}
