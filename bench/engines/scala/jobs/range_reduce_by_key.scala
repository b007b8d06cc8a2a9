object RangeReduceByKey extends Job[Array[(Long, Long)]] {
  def run(spark: SparkSession, input: JobInput): Array[(Long, Long)] =
    spark.sparkContext.range(0, input.records)
      .map(x => (x % 1000, x))
      .reduceByKey((a, b) => a + b)
      .collect()

  def checksum(result: Array[(Long, Long)]): String = Checksum.ofCounts(result)
}
