import { type Column, functions as F } from "../../mod.ts";
import type { Tables } from "./tables.ts";

const { col, lit, sum } = F;

/** A query over the tables of a scale. */
export type ApiQuery = (
  tables: Tables,
  scale: number,
) => { collect(): Promise<object[]> };

/** A date. */
export function day(text: string): ReturnType<Column["cast"]> {
  return lit(text).cast("date");
}

/** Whether a date is from one day on and before another. */
export function within(
  name: string,
  from: string,
  to: string,
): Column<boolean | null> {
  return col(name).ge(day(from)).and(col(name).lt(day(to)));
}

/** What is paid for a line. */
export function price(): ReturnType<typeof col> {
  return col("l_extendedprice").times(lit(1).minus(col("l_discount")));
}

/** What is paid for all lines. */
export function revenue(): Column<unknown, "revenue"> {
  return sum(price()).as("revenue");
}

/** Whether two columns are equal. */
export function same(left: string, right: string): Column<boolean | null> {
  return col(left).eq(col(right));
}
