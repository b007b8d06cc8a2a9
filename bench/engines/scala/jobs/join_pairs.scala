object JoinPairs extends Job[Long] {
  def run(spark: SparkSession, input: JobInput): Long = {
    val records = input.records
    val left = spark.sparkContext.range(0, records).map(x => (x * 7919 % records, x))
    val right = spark.sparkContext.range(0, records).map(x => (x, x))
    left.join(right).map { case (_, (a, b)) => (a + b) % 1009 }.sum().toLong
  }

  def checksum(result: Long): String = result.toString
}
