/**
 * Pictures of what people see, for people to look at: they lie in the cache's
 * folder `pictures`.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cacheFolder } from "../../src/driver/launch/cache_folder.ts";
import { withTemporaryFolder } from "../cli/temporary_folder.ts";
import { Browser } from "./browser.ts";
import { openLab } from "./jupyter_lab.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PICTURES = join(cacheFolder(), "pictures");
const CELLS = new URL("notebooks/pictures.ts", import.meta.url);

/** Takes a picture that has something on it. */
async function takePicture(browser: Browser, name: string): Promise<void> {
  const path = join(PICTURES, `${name}.png`);
  await browser.picture(path);
  const { size } = await Deno.stat(path);
  assert.ok(size > 10_000, `${path} has ${size} bytes`);
}

Deno.test("pictures of the documentation's site", async () => {
  await Deno.mkdir(PICTURES, { recursive: true });
  await withTemporaryFolder(async (folder) => {
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", join(ROOT, "scripts/site.ts"), folder],
      cwd: ROOT,
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const address = (page: string): string =>
      pathToFileURL(join(folder, page)).href;
    await using browser = await Browser.start();
    await browser.open(address("index.html"));
    assert.equal(await browser.evaluate("document.links.length > 20"), true);
    await takePicture(browser, "site");
    await browser.open(address("debugging.html"), { theme: "dark" });
    await takePicture(browser, "site_guide_dark");
    await browser.open(address("quick_starts.html"), { width: 420 });
    await takePicture(browser, "site_narrow");
    await browser.open(address("api/index.html"));
    await takePicture(browser, "site_api");
  });
});

Deno.test("pictures of a notebook: table, plot, progress, what functions print, an error", async () => {
  await Deno.mkdir(PICTURES, { recursive: true });
  await withTemporaryFolder(async (folder) => {
    await using lab = await openLab(await Deno.readTextFile(CELLS), folder);
    await using browser = await Browser.start();
    for (const theme of ["light", "dark"] as const) {
      await browser.open(lab.address, { theme, height: 1500 });
      await browser.until(
        "document.querySelectorAll('.jp-Notebook .jp-Cell').length > 5",
      );
      await lab.useTheme(browser, theme);
      const running = lab.runAll(browser);
      await browser.until(
        "/\\[Stage \\d+.*running/.test(document.body.innerText)",
      );
      await takePicture(browser, `notebook_progress_${theme}`);
      await running;
      const text = String(await browser.evaluate("document.body.innerText"));
      assert.match(text, /stage \d+, partition \d+\] looked at Ann/);
      assert.match(text, /bad Bob/);
      await takePicture(browser, `notebook_${theme}`);
    }
  });
});
