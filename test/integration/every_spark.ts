/**
 * All tests of `every_spark/` in one program:
 * `deno test --allow-all test/integration/every_spark.ts [-- part of a name …]`.
 *
 * @module
 */
import { importTests } from "./import_tests.ts";

await importTests(new URL("every_spark/", import.meta.url), Deno.args);
