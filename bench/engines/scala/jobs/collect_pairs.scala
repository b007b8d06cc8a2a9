object CollectPairs extends Job[Array[(String, Long)]] {
  def run(spark: SparkSession, input: JobInput): Array[(String, Long)] =
    spark.sparkContext.range(0, input.records).map(x => (s"key$x", x)).collect()

  def checksum(result: Array[(String, Long)]): String = Checksum.ofCounts(result)
}
