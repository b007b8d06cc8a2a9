const FARTHEST = 2; // letters that are changed, added or left out

/**
 * The name that somebody most likely meant who wrote another one.
 *
 * @param written what stands there
 * @param known the names there are
 * @returns the nearest one, upper and lower case alike; null when none is near
 */
export function closestName(
  written: string,
  known: Iterable<string>,
): string | null {
  const text = written.toLowerCase();
  let [closest, least]: [string | null, number] = [null, FARTHEST + 1];
  for (const name of known) {
    const distance = editDistance(text, name.toLowerCase());
    // Of two letters, any two letters are near.
    if (distance < Math.min(least, name.length / 2)) {
      [closest, least] = [name, distance];
    }
  }
  return closest;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > FARTHEST) return FARTHEST + 1;
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      row.push(Math.min(
        (row[j] as number) + 1,
        (before[j + 1] as number) + 1,
        (before[j] as number) + (a[i] === b[j] ? 0 : 1),
      ));
    }
    before = row;
  }
  return before[b.length] as number;
}
