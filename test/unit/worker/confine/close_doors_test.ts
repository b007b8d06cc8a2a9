import assert from "node:assert/strict";

/** What a program says after the doors are closed. */
async function said(mayRun: boolean, uses: string): Promise<string> {
  const script = `
    import net from "node:net";
    import process from "node:process";
    import { Worker as Thread } from "node:worker_threads";
    import { closeDoors } from "${
    import.meta.resolve("../../../../worker/confine/close_doors.ts")
  }";
    closeDoors({ isOwn: (fd) => fd === 2, mayRun: ${mayRun} });
    const tell = (use) => {
      try { use(); console.log("done"); }
      catch (error) { console.log(error.condition + ": " + error.message); }
    };
    ${uses}
    Deno.exit(0);
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", script],
  }).output();
  assert.equal(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout);
}

const ONLY =
  "only without spark.tspark.worker.permissions may functions do so\n";

Deno.test("closeDoors() takes threads, and says so", async () => {
  const refused =
    `PERMISSION_DENIED: Cannot start a thread in a confined worker: nothing would hold what it runs; ${ONLY}`;
  const text = await said(
    true,
    `tell(() => new Worker("data:text/javascript,1", { type: "module" }));
     tell(() => new Thread("1", { eval: true }));
     tell(() => new (class extends Worker {})("data:text/javascript,1", { type: "module" }));`,
  );
  assert.equal(text, refused.repeat(3));
});

Deno.test("closeDoors() takes handles on descriptors by number, and what makes them", async () => {
  const uses = `
    tell(() => new net.Socket({ fd: 2 }));
    tell(() => new net.Socket({ fd: 1, readable: false }).unref());
    tell(() => process.binding("tty_wrap"));`;
  const refused = (fd: number): string =>
    `PERMISSION_DENIED: Cannot open descriptor ${fd} in a confined worker: it may be the worker's own; ${ONLY}`;
  const binding =
    `PERMISSION_DENIED: Cannot use the inner part "tty_wrap" of Node in a confined worker: it opens descriptors by number; ${ONLY}`;
  assert.equal(await said(false, uses), refused(2) + refused(1) + binding);
  // Programs that may be run need pipes.
  assert.equal(await said(true, uses), `${refused(2)}done\n${binding}`);
});
