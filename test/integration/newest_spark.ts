/**
 * All tests of `newest_spark/` in one program:
 * `deno test --allow-all test/integration/newest_spark.ts [-- part of a name …]`.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests(new URL("newest_spark/", import.meta.url), Deno.args);
