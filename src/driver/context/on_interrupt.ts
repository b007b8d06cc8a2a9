import process from "node:process";

/**
 * Does something before Ctrl-C ends the program, which it still does unless
 * the program listens for it.
 *
 * @param react what to do
 * @returns stops listening
 */
export function onInterrupt(react: () => void): () => void {
  const listener = (): void => {
    stop();
    react();
    if (process.listenerCount("SIGINT") === 0) raise();
  };
  const stop = (): void => {
    process.off("SIGINT", listener);
  };
  process.on("SIGINT", listener);
  return stop;
}

/** Without a listener the signal does what it does by default. */
function raise(): void {
  try {
    process.kill(process.pid, "SIGINT");
  } catch {
    process.exit(130); // a program may not be allowed to send signals: the code says the same
  }
}
