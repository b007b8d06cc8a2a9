/** The eight tables of TPC-H, in SQL's words. */
export const SCHEMAS = {
  region:
    "r_regionkey INT NOT NULL, r_name STRING NOT NULL, r_comment STRING NOT NULL",
  nation:
    "n_nationkey INT NOT NULL, n_name STRING NOT NULL, n_regionkey INT NOT NULL, n_comment STRING NOT NULL",
  supplier:
    "s_suppkey INT NOT NULL, s_name STRING NOT NULL, s_address STRING NOT NULL, s_nationkey INT NOT NULL, s_phone STRING NOT NULL, s_acctbal DECIMAL(15,2) NOT NULL, s_comment STRING NOT NULL",
  customer:
    "c_custkey INT NOT NULL, c_name STRING NOT NULL, c_address STRING NOT NULL, c_nationkey INT NOT NULL, c_phone STRING NOT NULL, c_acctbal DECIMAL(15,2) NOT NULL, c_mktsegment STRING NOT NULL, c_comment STRING NOT NULL",
  part:
    "p_partkey INT NOT NULL, p_name STRING NOT NULL, p_mfgr STRING NOT NULL, p_brand STRING NOT NULL, p_type STRING NOT NULL, p_size INT NOT NULL, p_container STRING NOT NULL, p_retailprice DECIMAL(15,2) NOT NULL, p_comment STRING NOT NULL",
  partsupp:
    "ps_partkey INT NOT NULL, ps_suppkey INT NOT NULL, ps_availqty INT NOT NULL, ps_supplycost DECIMAL(15,2) NOT NULL, ps_comment STRING NOT NULL",
  orders:
    "o_orderkey INT NOT NULL, o_custkey INT NOT NULL, o_orderstatus STRING NOT NULL, o_totalprice DECIMAL(15,2) NOT NULL, o_orderdate DATE NOT NULL, o_orderpriority STRING NOT NULL, o_clerk STRING NOT NULL, o_shippriority INT NOT NULL, o_comment STRING NOT NULL",
  lineitem:
    "l_orderkey INT NOT NULL, l_partkey INT NOT NULL, l_suppkey INT NOT NULL, l_linenumber INT NOT NULL, l_quantity DECIMAL(15,2) NOT NULL, l_extendedprice DECIMAL(15,2) NOT NULL, l_discount DECIMAL(15,2) NOT NULL, l_tax DECIMAL(15,2) NOT NULL, l_returnflag STRING NOT NULL, l_linestatus STRING NOT NULL, l_shipdate DATE NOT NULL, l_commitdate DATE NOT NULL, l_receiptdate DATE NOT NULL, l_shipinstruct STRING NOT NULL, l_shipmode STRING NOT NULL, l_comment STRING NOT NULL",
} as const;

/** The name of a table. */
export type TableName = keyof typeof SCHEMAS;

/** The names of all tables. */
export const TABLE_NAMES = Object.keys(SCHEMAS) as TableName[];
