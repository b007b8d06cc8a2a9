"""Runs random programs in PySpark: lines of JSON in one file, outcomes as lines of JSON in another.

The functions have the names and the meaning of functions.ts.
"""

import copy
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable

from pyspark import RDD, SparkConf, SparkContext
from pyspark.resultiterable import ResultIterable


def measure(value: Any) -> int:
    """A whole number for any record; blind to the order of what it holds."""
    if isinstance(value, int):
        return value
    if value is None:
        return 7
    if isinstance(value, str):
        return 1 + sum(ord(letter) for letter in value)
    return 1 + sum(measure(item) for item in value)


def bucket(record: Any) -> int:
    """One of five keys for any record."""
    return measure(record) % 5


def repeated(record: Any) -> Any:
    """The record none, one or two times."""
    for _ in range(measure(record) % 3):
        yield record


def gather(items: list[Any], record: Any) -> list[Any]:
    """Adds a record to a list, in place."""
    items.append(record)
    return items


def gather_all(items: list[Any], others: list[Any]) -> list[Any]:
    """Adds a list to another, in place."""
    items.extend(others)
    return items


RECORD_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "itself": lambda x: x,
    "increment": lambda x: x + 1,
    "negate": lambda x: -x,
    "remainder5": lambda x: x % 5,
    "small": lambda x: x % 101 - 50,
    "square": lambda x: (x % 101) ** 2,
    "toText": str,
    "withRemainder": lambda x: (x % 3, x),
    "textSize": len,
    "upper": lambda s: s.upper(),
    "initial": lambda s: s[:1],
    "exclaim": lambda s: s + "!",
    "swap": lambda pair: (pair[1], pair[0]),
    "first": lambda pair: pair[0],
    "second": lambda pair: pair[1],
    "itemCount": len,
    "total": sum,
    "sortedItems": sorted,
    "presence": lambda x: 0 if x is None else 1,
    "measure": measure,
    "bucket": bucket,
    "bucketText": lambda x: f"k{bucket(x)}",
    "bucketPair": lambda x: (bucket(x) % 2, f"p{bucket(x) % 3}"),
    "tagged": lambda x: (bucket(x), x),
    "single": lambda x: [x],
}

FLAT_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "countdown": lambda x: list(range(x % 4)),
    "letters": lambda s: s,
    "words": lambda s: s.split(" "),
    "items": lambda items: items,
    "twice": lambda x: [x, x],
    "repeated": repeated,
}

PREDICATES: dict[str, Callable[[Any], Any]] = {
    "positive": lambda x: x > 0,
    "textItself": lambda s: s,
    "evenMeasure": lambda x: measure(x) % 2 == 0,
    "thirdOfMeasure": lambda x: measure(x) % 3,
    "always": lambda x: True,
    "never": lambda x: False,
}

MERGE_FUNCTIONS: dict[str, tuple[Any, Callable[[Any, Any], Any]]] = {
    "add": (0, lambda a, b: a + b),
    "larger": (-(2**45), lambda a, b: max(a, b)),
    "smaller": (2**45, lambda a, b: min(a, b)),
    "largerText": ("", lambda a, b: max(a, b)),
    "smallerText": ("\U0010ffff", lambda a, b: min(a, b)),
    "addPairs": ((0, 0), lambda a, b: (a[0] + b[0], a[1] + b[1])),
}

# Zero value, functions of a first record, of a further one, and of two values.
AGGREGATORS: dict[str, tuple[Any, Any, Any, Any]] = {
    "counted": (0, lambda x: 1, lambda n, x: n + 1, lambda a, b: a + b),
    "measured": (0, measure, lambda n, x: n + measure(x), lambda a, b: a + b),
    "countAndMeasure": (
        (0, 0),
        lambda x: (1, measure(x)),
        lambda sums, x: (sums[0] + 1, sums[1] + measure(x)),
        lambda a, b: (a[0] + b[0], a[1] + b[1]),
    ),
    "gathered": ([], lambda x: [x], gather, gather_all),
}


def from_json(value: Any, record_type: dict[str, Any]) -> Any:
    """A record as Python has it: what is a tuple by its type becomes one."""
    kind = record_type["kind"]
    if kind == "tuple":
        return tuple(map(from_json, value, record_type["items"]))
    if kind == "list":
        return [from_json(item, record_type["item"]) for item in value]
    return value


def key_function(step: dict[str, Any]) -> Callable[[Any], Any]:
    """The function that makes sort keys."""
    return RECORD_FUNCTIONS[step.get("keyFunction", "itself")]


def run_step(sc: SparkContext, step: dict[str, Any], rdds: list[RDD]) -> RDD:
    """The RDD of one step."""
    op = step["op"]
    name = step.get("f")
    partitions = step.get("partitions")
    if op == "parallelize":
        data = [from_json(record, step["type"]) for record in step["data"]]
        return sc.parallelize(data, partitions)
    rdd, *others = [rdds[index] for index in step["of"]]
    if op in ("map", "mapValues", "keyBy"):
        return getattr(rdd, op)(RECORD_FUNCTIONS[name])
    if op in ("flatMap", "flatMapValues"):
        return getattr(rdd, op)(FLAT_FUNCTIONS[name])
    if op == "mapPartitions":
        f = FLAT_FUNCTIONS[name]
        return rdd.mapPartitions(lambda records: (item for x in records for item in f(x)))
    if op == "filter":
        return rdd.filter(PREDICATES[name])
    if op in ("keys", "values", "cache", "zipWithIndex"):
        return getattr(rdd, op)()
    if op == "glom":
        return rdd.glom().flatMap(lambda records: records)
    if op == "groupBy":
        return rdd.groupBy(RECORD_FUNCTIONS[name], partitions)
    if op in ("groupByKey", "distinct"):
        return getattr(rdd, op)(partitions)
    if op == "reduceByKey":
        return rdd.reduceByKey(MERGE_FUNCTIONS[name][1], partitions)
    if op == "foldByKey":
        zero, merge = MERGE_FUNCTIONS[name]
        return rdd.foldByKey(zero, merge, partitions)
    if op == "aggregateByKey":
        zero, _, seq, comb = AGGREGATORS[name]
        return rdd.aggregateByKey(copy.copy(zero), seq, comb, partitions)
    if op == "combineByKey":
        _, create, seq, comb = AGGREGATORS[name]
        return rdd.combineByKey(create, seq, comb, partitions)
    if op in ("union", "intersection", "cartesian", "zip"):
        return getattr(rdd, op)(others[0])
    if op in (
        "subtract",
        "subtractByKey",
        "join",
        "leftOuterJoin",
        "rightOuterJoin",
        "fullOuterJoin",
        "cogroup",
    ):
        return getattr(rdd, op)(others[0], partitions)
    if op == "groupWith":
        return rdd.groupWith(*others)
    if op == "sortBy":
        return rdd.sortBy(RECORD_FUNCTIONS[name], step["ascending"], partitions)
    if op == "sortByKey":
        return rdd.sortByKey(step["ascending"], partitions, key_function(step))
    if op == "repartitionAndSortWithinPartitions":
        return rdd.repartitionAndSortWithinPartitions(
            partitions, RECORD_FUNCTIONS[name], step["ascending"], key_function(step)
        )
    if op == "repartition":
        return rdd.repartition(partitions)
    if op == "coalesce":
        return rdd.coalesce(partitions, step["shuffle"])
    if op == "partitionBy":
        if name is None:
            return rdd.partitionBy(partitions)
        return rdd.partitionBy(partitions, RECORD_FUNCTIONS[name])
    raise ValueError(f"Unknown transformation: {op}")


def run_action(action: dict[str, Any], rdd: RDD) -> Any:
    """The result of a program's action; dictionaries as lists of pairs."""
    op = action["op"]
    name = action.get("f")
    key = RECORD_FUNCTIONS.get(action.get("keyFunction"))
    if op in ("collect", "count", "isEmpty", "sum", "first", "mean"):
        return getattr(rdd, op)()
    if op in ("countByKey", "countByValue", "collectAsMap"):
        return list(getattr(rdd, op)().items())
    if op == "reduce":
        return rdd.reduce(MERGE_FUNCTIONS[name][1])
    if op == "treeReduce":
        return rdd.treeReduce(MERGE_FUNCTIONS[name][1], action["depth"])
    if op == "fold":
        return rdd.fold(*MERGE_FUNCTIONS[name])
    if op == "reduceByKeyLocally":
        return list(rdd.reduceByKeyLocally(MERGE_FUNCTIONS[name][1]).items())
    if op == "aggregate":
        zero, _, seq, comb = AGGREGATORS[name]
        return rdd.aggregate(copy.copy(zero), seq, comb)
    if op == "treeAggregate":
        zero, _, seq, comb = AGGREGATORS[name]
        return rdd.treeAggregate(copy.copy(zero), seq, comb, action["depth"])
    if op == "mapPartitionsWithIndex":
        return rdd.mapPartitionsWithIndex(lambda index, records: [sum(records)]).sum()
    if op in ("max", "min"):
        return getattr(rdd, op)(key)
    if op in ("takeOrdered", "top"):
        return getattr(rdd, op)(action["num"], key)
    if op == "take":
        return rdd.take(action["num"])
    if op == "lookup":
        return rdd.lookup(from_json(action["key"], action["keyType"]))
    if op == "histogram":
        return rdd.histogram(action["buckets"])
    if op == "stats":
        stats = rdd.stats()
        return [
            stats.count(),
            stats.mean(),
            stats.sum(),
            stats.min(),
            stats.max(),
            stats.variance(),
            stats.stdev(),
        ]
    raise ValueError(f"Unknown action: {op}")


def run_program(sc: SparkContext, program: dict[str, Any]) -> dict[str, Any]:
    """The outcome of a program."""
    rdds: list[RDD] = []
    try:
        for step in program["steps"]:
            rdds.append(run_step(sc, step, rdds))
        value = run_action(program["action"], rdds[program["action"]["of"]])
        return {"kind": "result", "value": value}
    except Exception as error:
        return {"kind": "failure", "text": f"{type(error).__name__}: {error}"}
    finally:
        for rdd in rdds:
            if rdd.is_cached:
                rdd.unpersist()


def to_json(value: Any) -> Any:
    """What the JSON module does not know: groups."""
    if isinstance(value, ResultIterable):
        return list(value)
    raise TypeError(f"Cannot write a {type(value).__name__} as JSON")


def main() -> None:
    """Reads programs from the first file named and writes outcomes to the second."""
    programs_path, outcomes_path = sys.argv[1:]
    conf = SparkConf()
    for key, value in json.loads(os.environ["DIFFERENTIAL_CONF"]).items():
        conf.set(key, value)
    with open(programs_path) as lines:
        programs = [json.loads(line) for line in lines]
    # Two at once, as small jobs leave a core idle for much of their time.
    with SparkContext(conf=conf) as sc, ThreadPoolExecutor(2) as threads:
        with open(outcomes_path, "w") as file:
            for outcome in threads.map(lambda program: run_program(sc, program), programs):
                file.write(json.dumps(outcome, default=to_json) + "\n")


if __name__ == "__main__":
    main()
