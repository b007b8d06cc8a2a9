// deno-lint-ignore-file no-import-prefix -- nothing but this test uses these packages
import assert from "node:assert/strict";
import dayjs from "npm:dayjs@1.11.23";
import customParseFormat from "npm:dayjs@1.11.23/plugin/customParseFormat.js";
import utc from "npm:dayjs@1.11.23/plugin/utc.js";
import moment from "npm:moment@2.31.0";
import ms from "ms";
import { z } from "zod";
import { bundleByDeno } from "../../src/driver/closure/bundle_by_deno.ts";
import { bundlePackages } from "../../src/driver/closure/bundle_packages.ts";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import {
  filesOf,
  refuseChanged,
} from "../../src/driver/closure/package_surface.ts";
import { captureAll } from "./captured_parcel.ts";
import { runBundled } from "./run_bundled.ts";

/** What `dayjs.extend` and its kin put on the functions. */
type Extended = typeof dayjs & { utc(text: string): { format(): string } };

/** Captures and bundles as a job does, and looks for changes of packages. */
async function send(f: unknown): Promise<void> {
  using capturer = new ClosureCapturer();
  const { records, modules, imports } = await captureAll(capturer, [f]);
  const script = await bundlePackages(
    { added: [], modules, imports },
    bundleByDeno,
  );
  const files = filesOf(script);
  const codes = records.flatMap((record) => record.codes);
  for (const module of modules.keys()) {
    refuseChanged(await capturer.addedTo(module), { modules, codes, files });
  }
}

async function refused(f: unknown, message: string): Promise<void> {
  await assert.rejects(send(f), {
    name: "ClosureError",
    condition: "PACKAGE_CHANGED",
    message,
  });
}

const REMEDY =
  "make the change in the function too, before it uses the package";

Deno.test("packages that the program has changed are refused, not sent without the change", async (t) => {
  const day = dayjs("2024-03-05T10:00:00Z");

  await t.step("as they are published they travel", async () => {
    await send(() => day.format() + dayjs("2024-01-01").format());
    await send(() => moment("2024-01-01").format());
    await send(() => ms("1h"));
    await send(() => z.string().parse("a"));
  });

  await t.step("a plugin that replaces a method", async () => {
    dayjs.extend(customParseFormat);
    const message =
      `Cannot send "dayjs" to the workers: the program has changed it, and a worker loads it as it is published, without "prototype.parse" of "dayjs/plugin/customParseFormat.js"; ${REMEDY}`;
    await refused(() => dayjs("05.03.2024", "DD.MM.YYYY").format(), message);
    await refused(() => day.format(), message); // what it made as well
  });

  await t.step("a language, in an object of the package's", async () => {
    await import("npm:dayjs@1.11.23/locale/de.js");
    const parse = (): string => {
      dayjs.extend(customParseFormat);
      return dayjs("2024-03-05").locale("de").format("MMMM");
    };
    await refused(
      parse,
      `Cannot send "dayjs" to the workers: the program has changed it, and a worker loads it as it is published, without "Ls.de.ordinal" of "dayjs/locale/de.js"; ${REMEDY}`,
    );
    delete (dayjs as unknown as { Ls: Record<string, unknown> }).Ls["de"];
  });

  await t.step(
    "made in the function as well, the change is serialized",
    async () => {
      dayjs.extend(utc);
      const parse = (): string[] => {
        dayjs.extend(customParseFormat);
        dayjs.extend(utc);
        return [
          dayjs("05.03.2024", "DD.MM.YYYY").format("YYYY-MM-DD"),
          (dayjs as Extended).utc("2024-03-05T10:00:00Z").format(),
        ];
      };
      await send(parse);
      using capturer = new ClosureCapturer();
      const [outcome] = await runBundled(capturer, { parse }, bundleByDeno);
      assert.equal(outcome?.result, '[ "2024-03-05", "2024-03-05T10:00:00Z" ]');
    },
  );

  await t.step("a method of the program's own", async () => {
    const fn = moment.fn as typeof moment.fn & { shout?: () => string };
    fn.shout = function (): string {
      return "HO";
    };
    await refused(
      () => moment("2024-01-01").format(),
      `Cannot send "moment" to the workers: the program has changed it, and a worker loads it as it is published, without "prototype.shout" of "changed_package_test.ts"; ${REMEDY}`,
    );
    const shout = fn.shout;
    await send(() => {
      Object.assign(moment.fn, { shout });
      return moment("2024-01-01").format();
    });
    delete fn.shout;
    await send(() => moment("2024-01-01").format());
  });
});
