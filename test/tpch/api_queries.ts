import type { ApiQuery } from "./api_parts.ts";
import { QUERIES_FROM_12 } from "./api_queries_from_12.ts";
import { QUERIES_TO_11 } from "./api_queries_to_11.ts";

/** The 22 queries of TPC-H in the DataFrame API, in the order of their numbers: the same rows as those of `queries.ts`. */
export const API_QUERIES: readonly ApiQuery[] = [
  ...QUERIES_TO_11,
  ...QUERIES_FROM_12,
];
