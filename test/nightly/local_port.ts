/** A port that nobody listens on, for a server that is about to start. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "localhost", port: 0 });
  return listener.addr.port;
}

/** Resolves when somebody listens on a port. */
export async function listening(port: number): Promise<true> {
  for (;;) {
    try {
      (await Deno.connect({ hostname: "localhost", port })).close();
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
