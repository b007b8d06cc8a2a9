/**
 * Kills its own worker, at the first of all its calls with a marker.
 *
 * @param marker path of a file that no other function makes
 */
export function dieOnce(marker: string): void {
  try {
    Deno.writeTextFileSync(marker, "", { createNew: true });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return;
    throw error;
  }
  Deno.kill(Deno.pid, "SIGKILL");
}
