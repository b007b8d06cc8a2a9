/**
 * What the compiler must accept and refuse of functions in queries that await.
 * Checked by `deno check`; nothing here runs Spark.
 */
import {
  type AsyncCall,
  asyncUdf,
  type DataFrame,
  type UserDefinedFunction,
} from "../../mod.ts";
import { type Equal, holds } from "./equal.ts";

/** Never called. */
export function asyncFunctions(
  df: DataFrame<{ id: number; name: string }>,
): void {
  const plain = asyncUdf((x: number) => Promise.resolve(x), "int");
  type OfNumber = UserDefinedFunction<[x: number], number | null>;
  holds<Equal<typeof plain, OfNumber>>();
  const told = asyncUdf(
    (x: number, { attempt }: AsyncCall) => Promise.resolve(x + attempt),
    "int",
    { backoff: 2, maxRetryDelayMs: 5, retryIf: () => true },
  );
  holds<Equal<typeof told, OfNumber>>();
  df.select((c) => [told(c.id)]);
  // deno-lint-ignore no-explicit-any -- what programs write
  const loose = asyncUdf((x: any) => Promise.resolve(x), "int");
  loose("id");

  told.named({ x: "id" });
  const two = asyncUdf((x: number, _y: string) => Promise.resolve(x), "int");
  df.select((c) => [two.named({ _y: c.name, x: c.id })]);
  df.select((c) => [
    // @ts-expect-error no parameter is a condition
    two.named({ x: c.id.gt(1) }),
  ]);

  // @ts-expect-error the call is no argument
  told("id", "name");
  // @ts-expect-error results have the order of rows in any case
  asyncUdf((x: number) => Promise.resolve(x), "int", { ordered: false });
}
