/**
 * What is made once for all actions that need it, by the first of them. When
 * that one fails, which its signal may be the reason of, those that waited for
 * it make it themselves.
 *
 * @param state keeps it, or its making
 * @param key where
 * @param make makes it
 */
export async function memoizeAsync<K extends string, T>(
  state: Record<K, Promise<NoInfer<T>> | null>,
  key: K,
  make: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const others = state[key];
    if (others === null) break;
    try {
      return await others;
    } catch {
      // The next round makes it, or finds that somebody else does.
    }
  }
  const mine = make();
  state[key] = mine;
  try {
    return await mine;
  } catch (error) {
    state[key] = null; // the next action may try again, say with the file in place
    throw error;
  }
}
