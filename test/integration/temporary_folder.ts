/** A folder of a test's own. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  /** A path in it that nothing has yet. */
  readonly fresh: () => string;
}

/** A new folder, gone with all that is in it at the end of the block. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await Deno.makeTempDir();
  let count = 0;
  return {
    path,
    fresh: () => `${path}/out${count++}`,
    async [Symbol.asyncDispose]() {
      await Deno.remove(path, { recursive: true });
    },
  };
}
