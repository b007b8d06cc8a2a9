"""The programs of examples/ in PySpark, with the same beginnings: prints one
JSON object with the result of each. Arguments: the folder of example data.
"""
import json
import math
import sys

from pyspark import SparkConf, SparkContext


def draws(seed):
    x = seed
    while True:
        x = x * 16807 % 2147483647
        yield x / 2147483647


def page_rank(sc, folder):
    links = (
        sc.textFile(folder + "/links.txt")
        .map(lambda line: tuple(line.split()))
        .distinct()
        .groupByKey()
        .cache()
    )
    ranks = links.mapValues(lambda _: 1.0)
    for _ in range(10):
        ranks = (
            links.join(ranks)
            .flatMap(lambda kv: [(to, kv[1][1] / len(kv[1][0])) for to in kv[1][0]])
            .reduceByKey(lambda a, b: a + b)
            .mapValues(lambda total: 0.15 + 0.85 * total)
        )
    return [[page, rank] for page, rank in ranks.sortByKey().collect()]


def k_means(sc, folder):
    def distance(a, b):
        return sum((x - y) ** 2 for x, y in zip(a, b))

    def closest(point, centres):
        return min(range(len(centres)), key=lambda i: distance(point, centres[i]))

    points = (
        sc.textFile(folder + "/points.txt")
        .map(lambda line: [float(x) for x in line.split(" ")])
        .cache()
    )
    centres = points.take(3)
    moved = float("inf")
    while moved > 0.01:
        sums = (
            points.map(lambda p: (closest(p, centres), (p, 1)))
            .reduceByKey(
                lambda a, b: ([x + y for x, y in zip(a[0], b[0])], a[1] + b[1])
            )
            .collect()
        )
        moved = 0.0
        for i, (total, count) in sums:
            centre = [x / count for x in total]
            moved += distance(centres[i], centre)
            centres[i] = centre
    return centres


def transitive_closure(sc, _):
    random = draws(42)

    def vertex():
        return int(next(random) * 100)

    graph = set()
    while len(graph) < 200:
        edge = (vertex(), vertex())
        if edge[0] != edge[1]:
            graph.add(edge)
    paths = sc.parallelize(sorted(graph), 2).cache()
    edges = paths.map(lambda edge: (edge[1], edge[0]))
    before, count = -1, paths.count()
    while count != before:
        before = count
        longer = paths.join(edges).map(lambda kv: (kv[1][1], kv[1][0]))
        paths = paths.union(longer).distinct(2).cache()
        count = paths.count()
    return count


def logistic_regression(sc, folder):
    def dot(a, b):
        return sum(x * y for x, y in zip(a, b))

    def read(line):
        label, *x = [float(number) for number in line.split(" ")]
        return label, x

    points = sc.textFile(folder + "/labelled_points.txt").map(read).cache()
    weights = [0.0] * len(points.first()[1])

    def gradient(point):
        label, x = point
        # As IEEE arithmetic has it: an infinite exponential gives 0.
        exponent = -label * dot(weights, x)
        chance = 0.0 if exponent > 700 else 1 / (1 + math.exp(exponent))
        return [(chance - 1) * label * c for c in x]

    for _ in range(10):
        step = points.map(gradient).reduce(lambda a, b: [x + y for x, y in zip(a, b)])
        weights = [w - s for w, s in zip(weights, step)]
    return weights


def als(sc, _):
    movies, users, features = 30, 50, 4
    random = draws(42)

    def matrix(rows, columns):
        return [[next(random) for _ in range(columns)] for _ in range(rows)]

    def dot(a, b):
        return sum(x * y for x, y in zip(a, b))

    def transposed(m):
        return [list(column) for column in zip(*m)]

    def solve(a, b):
        rows = [row + [b[i]] for i, row in enumerate(a)]
        for i in range(len(rows)):
            at = max(range(i, len(rows)), key=lambda j: abs(rows[j][i]))
            rows[i], rows[at] = rows[at], rows[i]
            for j in range(len(rows)):
                if j != i:
                    factor = rows[j][i] / rows[i][i]
                    rows[j] = [x - factor * p for x, p in zip(rows[j], rows[i])]
        return [row[-1] / row[i] for i, row in enumerate(rows)]

    def update(factors, ratings):
        columns = transposed(factors)
        products = [
            [dot(a, b) + (0.01 * len(factors) if i == j else 0) for j, b in enumerate(columns)]
            for i, a in enumerate(columns)
        ]
        return solve(products, [dot(column, ratings) for column in columns])

    left, right = matrix(movies, features), matrix(users, features)
    ratings = [[dot(a, b) for b in right] for a in left]
    by_user = transposed(ratings)
    ms, us = matrix(movies, features), matrix(users, features)
    errors = []
    for _ in range(5):
        shared = sc.broadcast((us, ratings))
        ms = sc.range(movies, numSlices=2).map(
            lambda i: update(shared.value[0], shared.value[1][i])
        ).collect()
        shared = sc.broadcast((ms, by_user))
        us = sc.range(users, numSlices=2).map(
            lambda i: update(shared.value[0], shared.value[1][i])
        ).collect()
        total = sum(
            (rating - dot(ms[m], us[u])) ** 2
            for m, row in enumerate(ratings)
            for u, rating in enumerate(row)
        )
        errors.append(math.sqrt(total / (movies * users)))
    return errors


def pi(sc, _):
    import random

    def dart(_):
        x, y = random.random(), random.random()
        return 1 if x * x + y * y < 1 else 0

    darts = 1000000
    return 4 * sc.range(darts, numSlices=2).map(dart).sum() / darts


if __name__ == "__main__":
    conf = SparkConf().setMaster("local[2]").set("spark.ui.enabled", "false")
    context = SparkContext(conf=conf)
    programs = {
        "pi": pi,
        "pageRank": page_rank,
        "kMeans": k_means,
        "transitiveClosure": transitive_closure,
        "logisticRegression": logistic_regression,
        "als": als,
    }
    results = {name: run(context, sys.argv[1]) for name, run in programs.items()}
    print(json.dumps(results))
    context.stop()
