/**
 * TPC-H's first queries in the DataFrame API, by joins and aggregates where SQL has
 * correlated subqueries.
 *
 * @module
 */
import { functions as F } from "../../mod.ts";
import {
  type ApiQuery,
  day,
  price,
  revenue,
  same,
  within,
} from "./api_parts.ts";
import type { Tables } from "./tables.ts";

const { avg, col, count, lit, min, sum, when } = F;

/** Queries 1 to 11. */
export const QUERIES_TO_11: readonly ApiQuery[] = [
  q1,
  q2,
  q3,
  q4,
  q5,
  q6,
  q7,
  q8,
  q9,
  q10,
  q11,
];

function q1({ lineitem }: Tables) {
  return lineitem.where((c) => c.l_shipdate.le(day("1998-09-02")))
    .groupBy("l_returnflag", "l_linestatus").agg((c) => [
      sum(c.l_quantity).as("sum_qty"),
      sum(c.l_extendedprice).as("sum_base_price"),
      sum(price()).as("sum_disc_price"),
      sum(price().times(lit(1).plus(col("l_tax")))).as("sum_charge"),
      avg(c.l_quantity).as("avg_qty"),
      avg(c.l_extendedprice).as("avg_price"),
      avg(c.l_discount).as("avg_disc"),
      count("*").as("count_order"),
    ]).orderBy("l_returnflag", "l_linestatus");
}

function q2({ part, supplier, partsupp, nation, region }: Tables) {
  const offers = partsupp
    .join(supplier, same("ps_suppkey", "s_suppkey"))
    .join(nation, same("s_nationkey", "n_nationkey"))
    .join(
      region.where((c) => c.r_name.eq("EUROPE")),
      same("n_regionkey", "r_regionkey"),
    )
    .join(
      part.where((c) => c.p_size.eq(15).and(c.p_type.endsWith("BRASS"))),
      same("p_partkey", "ps_partkey"),
    );
  const cheapest = offers.groupBy(col("p_partkey").as("best_key"))
    .agg(min("ps_supplycost").as("best"));
  return offers
    .join(
      cheapest,
      same("p_partkey", "best_key").and(same("ps_supplycost", "best")),
    )
    .select(
      "s_acctbal",
      "s_name",
      "n_name",
      "p_partkey",
      "p_mfgr",
      "s_address",
      "s_phone",
      "s_comment",
    )
    .orderBy(col("s_acctbal").desc(), "n_name", "s_name", "p_partkey").limit(
      100,
    );
}

function q3({ customer, orders, lineitem }: Tables) {
  return customer.where((c) => c.c_mktsegment.eq("BUILDING"))
    .join(
      orders.where((c) => c.o_orderdate.lt(day("1995-03-15"))),
      same("c_custkey", "o_custkey"),
    )
    .join(
      lineitem.where((c) => c.l_shipdate.gt(day("1995-03-15"))),
      same("l_orderkey", "o_orderkey"),
    )
    .groupBy("l_orderkey", "o_orderdate", "o_shippriority").agg(revenue())
    .select("l_orderkey", "revenue", "o_orderdate", "o_shippriority")
    .orderBy(col("revenue").desc(), "o_orderdate", "l_orderkey").limit(10);
}

function q4({ orders, lineitem }: Tables) {
  return orders.where(within("o_orderdate", "1993-07-01", "1993-10-01"))
    .join(
      lineitem.where((c) => c.l_commitdate.lt(c.l_receiptdate)),
      same("l_orderkey", "o_orderkey"),
      "left_semi",
    )
    .groupBy("o_orderpriority").agg(count("*").as("order_count"))
    .orderBy("o_orderpriority");
}

function q5({ customer, orders, lineitem, supplier, nation, region }: Tables) {
  return customer
    .join(
      orders.where(within("o_orderdate", "1994-01-01", "1995-01-01")),
      same("c_custkey", "o_custkey"),
    )
    .join(lineitem, same("l_orderkey", "o_orderkey"))
    .join(supplier, [
      same("l_suppkey", "s_suppkey"),
      same("c_nationkey", "s_nationkey"),
    ])
    .join(nation, same("s_nationkey", "n_nationkey"))
    .join(
      region.where((c) => c.r_name.eq("ASIA")),
      same("n_regionkey", "r_regionkey"),
    )
    .groupBy("n_name").agg(revenue()).orderBy(col("revenue").desc());
}

function q6({ lineitem }: Tables) {
  return lineitem.where(within("l_shipdate", "1994-01-01", "1995-01-01"))
    .where("l_discount BETWEEN 0.05 AND 0.07")
    .where(col("l_quantity").lt(24))
    .agg(sum(col("l_extendedprice").times(col("l_discount"))).as("revenue"));
}

function q7({ supplier, lineitem, orders, customer, nation }: Tables) {
  const from = nation.select(
    col("n_nationkey").as("s_key"),
    col("n_name").as("supp_nation"),
  );
  const to = nation.select(
    col("n_nationkey").as("c_key"),
    col("n_name").as("cust_nation"),
  );
  const between = (a: string, b: string) =>
    col("supp_nation").eq(a).and(col("cust_nation").eq(b));
  return supplier.join(from, same("s_nationkey", "s_key"))
    .join(
      lineitem.where((c) =>
        c.l_shipdate.between(day("1995-01-01"), day("1996-12-31"))
      ),
      same("s_suppkey", "l_suppkey"),
    )
    .join(orders, same("o_orderkey", "l_orderkey"))
    .join(customer, same("c_custkey", "o_custkey"))
    .join(to, same("c_nationkey", "c_key"))
    .where(between("FRANCE", "GERMANY").or(between("GERMANY", "FRANCE")))
    .groupBy("supp_nation", "cust_nation", F.year("l_shipdate").as("l_year"))
    .agg(revenue())
    .orderBy("supp_nation", "cust_nation", "l_year");
}

function q8(
  { part, supplier, lineitem, orders, customer, nation, region }: Tables,
) {
  const home = nation.select(
    col("n_nationkey").as("home_key"),
    col("n_name").as("nation"),
  );
  return part.where((c) => c.p_type.eq("ECONOMY ANODIZED STEEL"))
    .join(lineitem, same("p_partkey", "l_partkey"))
    .join(supplier, same("s_suppkey", "l_suppkey"))
    .join(
      orders.where((c) =>
        c.o_orderdate.between(day("1995-01-01"), day("1996-12-31"))
      ),
      same("l_orderkey", "o_orderkey"),
    )
    .join(customer, same("o_custkey", "c_custkey"))
    .join(nation, same("c_nationkey", "n_nationkey"))
    .join(
      region.where((c) => c.r_name.eq("AMERICA")),
      same("n_regionkey", "r_regionkey"),
    )
    .join(home, same("s_nationkey", "home_key"))
    .groupBy(F.year("o_orderdate").as("o_year"))
    .agg(
      sum(when(col("nation").eq("BRAZIL"), price()).otherwise(0))
        .divide(sum(price())).as("mkt_share"),
    ).orderBy("o_year");
}

function q9({ part, supplier, lineitem, partsupp, orders, nation }: Tables) {
  const cost = col("ps_supplycost").times(col("l_quantity"));
  return part.where((c) => c.p_name.contains("green"))
    .join(lineitem, same("p_partkey", "l_partkey"))
    .join(supplier, same("s_suppkey", "l_suppkey"))
    .join(partsupp, [
      same("ps_suppkey", "l_suppkey"),
      same("ps_partkey", "l_partkey"),
    ])
    .join(orders, same("o_orderkey", "l_orderkey"))
    .join(nation, same("s_nationkey", "n_nationkey"))
    .groupBy(col("n_name").as("nation"), F.year("o_orderdate").as("o_year"))
    .agg(sum(price().minus(cost)).as("sum_profit"))
    .orderBy("nation", col("o_year").desc());
}

function q10({ customer, orders, lineitem, nation }: Tables) {
  return customer
    .join(
      orders.where(within("o_orderdate", "1993-10-01", "1994-01-01")),
      same("c_custkey", "o_custkey"),
    )
    .join(
      lineitem.where((c) => c.l_returnflag.eq("R")),
      same("l_orderkey", "o_orderkey"),
    )
    .join(nation, same("c_nationkey", "n_nationkey"))
    .groupBy(
      "c_custkey",
      "c_name",
      "c_acctbal",
      "c_phone",
      "n_name",
      "c_address",
      "c_comment",
    )
    .agg(revenue())
    .select(
      "c_custkey",
      "c_name",
      "revenue",
      "c_acctbal",
      "n_name",
      "c_address",
      "c_phone",
      "c_comment",
    )
    .orderBy(col("revenue").desc(), "c_custkey").limit(20);
}

function q11({ partsupp, supplier, nation }: Tables, scale: number) {
  const value = sum(col("ps_supplycost").times(col("ps_availqty")));
  const german = partsupp.join(supplier, same("ps_suppkey", "s_suppkey"))
    .join(
      nation.where((c) => c.n_name.eq("GERMANY")),
      same("s_nationkey", "n_nationkey"),
    );
  const least = german.agg(
    value.times(F.expr(String(0.0001 / scale))).as("least"),
  );
  return german.groupBy("ps_partkey").agg(value.as("value"))
    .crossJoin(least).where(col("value").gt(col("least"))).drop("least")
    .orderBy(col("value").desc(), "ps_partkey");
}
