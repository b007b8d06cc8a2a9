/**
 * TPC-H's last queries in the DataFrame API, by joins and aggregates where SQL has
 * correlated subqueries.
 *
 * @module
 */
import { functions as F } from "../../mod.ts";
import { type ApiQuery, price, revenue, same, within } from "./api_parts.ts";
import type { Tables } from "./tables.ts";

const { avg, col, count, count_distinct, max, min, sum, when } = F;

/** Queries 12 to 22. */
export const QUERIES_FROM_12: readonly ApiQuery[] = [
  q12,
  q13,
  q14,
  q15,
  q16,
  q17,
  q18,
  q19,
  q20,
  q21,
  q22,
];

function q12({ orders, lineitem }: Tables) {
  const isHigh = col("o_orderpriority").isin("1-URGENT", "2-HIGH");
  return orders
    .join(
      lineitem.where((c) => c.l_shipmode.isin("MAIL", "SHIP"))
        .where((c) => c.l_commitdate.lt(c.l_receiptdate))
        .where((c) => c.l_shipdate.lt(c.l_commitdate))
        .where(within("l_receiptdate", "1994-01-01", "1995-01-01")),
      same("o_orderkey", "l_orderkey"),
    )
    .groupBy("l_shipmode").agg(
      sum(when(isHigh, 1).otherwise(0)).as("high_line_count"),
      sum(when(isHigh, 0).otherwise(1)).as("low_line_count"),
    ).orderBy("l_shipmode");
}

function q13({ customer, orders }: Tables) {
  return customer
    .join(
      orders.where((c) => c.o_comment.like("%special%requests%").not()),
      same("c_custkey", "o_custkey"),
      "left",
    )
    .groupBy("c_custkey").agg(count("o_orderkey").as("c_count"))
    .groupBy("c_count").agg(count("*").as("custdist"))
    .orderBy(col("custdist").desc(), col("c_count").desc());
}

function q14({ lineitem, part }: Tables) {
  const promotion = when(col("p_type").startsWith("PROMO"), price()).otherwise(
    0,
  );
  return lineitem.where(within("l_shipdate", "1995-09-01", "1995-10-01"))
    .join(part, same("l_partkey", "p_partkey"))
    .agg(
      F.expr("100.00").times(sum(promotion)).divide(sum(price())).as(
        "promo_revenue",
      ),
    );
}

function q15({ supplier, lineitem }: Tables) {
  const revenues = lineitem.where(
    within("l_shipdate", "1996-01-01", "1996-04-01"),
  )
    .groupBy("l_suppkey").agg(sum(price()).as("total_revenue"));
  const most = revenues.agg(max("total_revenue").as("most"));
  return supplier.join(revenues, same("s_suppkey", "l_suppkey"))
    .join(most, same("total_revenue", "most"))
    .select("s_suppkey", "s_name", "s_address", "s_phone", "total_revenue")
    .orderBy("s_suppkey");
}

function q16({ partsupp, part, supplier }: Tables) {
  const complained = supplier.where((c) =>
    c.s_comment.like("%Customer%Complaints%")
  );
  return partsupp
    .join(
      part.where((c) => c.p_brand.ne("Brand#45"))
        .where((c) => c.p_type.like("MEDIUM POLISHED%").not())
        .where((c) => c.p_size.isin(49, 14, 23, 45, 19, 3, 36, 9)),
      same("p_partkey", "ps_partkey"),
    )
    .join(complained, same("ps_suppkey", "s_suppkey"), "left_anti")
    .groupBy("p_brand", "p_type", "p_size")
    .agg(count_distinct("ps_suppkey").as("supplier_cnt"))
    .orderBy(col("supplier_cnt").desc(), "p_brand", "p_type", "p_size");
}

function q17({ lineitem, part }: Tables) {
  const usual = lineitem.groupBy(col("l_partkey").as("usual_key"))
    .agg(F.expr("0.2").times(avg("l_quantity")).as("little"));
  return lineitem
    .join(
      part.where((c) =>
        c.p_brand.eq("Brand#23").and(c.p_container.eq("MED BOX"))
      ),
      same("p_partkey", "l_partkey"),
    )
    .join(usual, same("l_partkey", "usual_key"))
    .where(col("l_quantity").lt(col("little")))
    .agg(sum("l_extendedprice").divide(F.expr("7.0")).as("avg_yearly"));
}

function q18({ customer, orders, lineitem }: Tables) {
  const large = lineitem.groupBy(col("l_orderkey").as("large_key"))
    .agg(sum("l_quantity").as("size")).where("size > 290");
  return orders.join(large, same("o_orderkey", "large_key"), "left_semi")
    .join(customer, same("c_custkey", "o_custkey"))
    .join(lineitem, same("o_orderkey", "l_orderkey"))
    .groupBy("c_name", "c_custkey", "o_orderkey", "o_orderdate", "o_totalprice")
    .agg(sum("l_quantity").as("quantity"))
    .orderBy(col("o_totalprice").desc(), "o_orderdate", "o_orderkey").limit(
      100,
    );
}

function q19({ lineitem, part }: Tables) {
  const choice = (
    brand: string,
    size: string,
    kinds: readonly string[],
    least: number,
    sizes: number,
  ) =>
    col("p_brand").eq(brand)
      .and(col("p_container").isin(...kinds.map((kind) => `${size} ${kind}`)))
      .and(col("l_quantity").between(least, least + 10))
      .and(col("p_size").between(1, sizes));
  return lineitem.where((c) => c.l_shipmode.isin("AIR", "REG AIR"))
    .where((c) => c.l_shipinstruct.eq("DELIVER IN PERSON"))
    .join(part, same("p_partkey", "l_partkey"))
    .where(
      choice("Brand#12", "SM", ["CASE", "BOX", "PACK", "PKG"], 1, 5)
        .or(choice("Brand#23", "MED", ["BAG", "BOX", "PKG", "PACK"], 10, 10))
        .or(choice("Brand#34", "LG", ["CASE", "BOX", "PACK", "PKG"], 20, 15)),
    )
    .agg(revenue());
}

function q20({ supplier, nation, partsupp, part, lineitem }: Tables) {
  const sold = lineitem.where(within("l_shipdate", "1994-01-01", "1995-01-01"))
    .groupBy("l_partkey", "l_suppkey")
    .agg(F.expr("0.5").times(sum("l_quantity")).as("half"));
  const plenty = partsupp
    .join(
      part.where((c) => c.p_name.startsWith("forest")),
      same("ps_partkey", "p_partkey"),
      "left_semi",
    )
    .join(sold, [
      same("l_partkey", "ps_partkey"),
      same("l_suppkey", "ps_suppkey"),
    ])
    .where(col("ps_availqty").gt(col("half")));
  return supplier.join(plenty, same("s_suppkey", "ps_suppkey"), "left_semi")
    .join(
      nation.where((c) => c.n_name.eq("CANADA")),
      same("s_nationkey", "n_nationkey"),
    )
    .select("s_name", "s_address").orderBy("s_name");
}

function q21({ supplier, lineitem, orders, nation }: Tables) {
  const late = lineitem.where((c) => c.l_receiptdate.gt(c.l_commitdate));
  /** The first and the last supplier of each order. */
  const ends = (lines: typeof lineitem, of: string) =>
    lines.groupBy(col("l_orderkey").as(`${of}_key`)).agg(
      min("l_suppkey").as(`${of}_first`),
      max("l_suppkey").as(`${of}_last`),
    );
  return supplier
    .join(
      nation.where((c) => c.n_name.eq("SAUDI ARABIA")),
      same("s_nationkey", "n_nationkey"),
    )
    .join(late, same("s_suppkey", "l_suppkey"))
    .join(
      orders.where((c) => c.o_orderstatus.eq("F")),
      same("o_orderkey", "l_orderkey"),
    )
    .join(ends(lineitem, "all"), same("l_orderkey", "all_key"))
    .join(ends(late, "late"), same("l_orderkey", "late_key"))
    .where(same("all_first", "all_last").not())
    .where(same("late_first", "late_last"))
    .groupBy("s_name").agg(count("*").as("numwait"))
    .orderBy(col("numwait").desc(), "s_name").limit(100);
}

function q22({ customer, orders }: Tables) {
  const codes = ["13", "31", "23", "29", "30", "18", "17"];
  const chosen = customer
    .withColumn("cntrycode", F.substring("c_phone", 1, 2))
    .where(col("cntrycode").isin(...codes));
  const usual = chosen.where("c_acctbal > 0.00")
    .agg(avg("c_acctbal").as("usual"));
  return chosen.crossJoin(usual).where(col("c_acctbal").gt(col("usual")))
    .join(orders, same("o_custkey", "c_custkey"), "left_anti")
    .groupBy("cntrycode")
    .agg(count("*").as("numcust"), sum("c_acctbal").as("totacctbal"))
    .orderBy("cntrycode");
}
