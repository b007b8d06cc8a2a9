import { CrashReport } from "../../../../worker/daemon/crash_report.ts";

Deno.test({
  name: "CrashReport without a folder touches no file",
  permissions: { env: true },
  fn() {
    Deno.env.delete("PYTHON_FAULTHANDLER_DIR");
    const words = new CrashReport(undefined, new EventTarget());
    words.begin({ partition: 3, stage: 7, attempt: 1 });
    words.end();
    words.remove();
  },
});
