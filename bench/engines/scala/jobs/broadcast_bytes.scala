object BroadcastBytes extends Job[Long] {
  override def prepare(spark: SparkSession, input: JobInput): () => Long = {
    val bytes = Array.tabulate(input.records)(index => (index % 251).toByte)
    () => share(spark, bytes)
  }

  def run(spark: SparkSession, input: JobInput): Long = prepare(spark, input)()

  private def share(spark: SparkSession, bytes: Array[Byte]): Long = {
    val last = bytes.length - 1
    val shared = spark.sparkContext.broadcast(bytes)
    val sum = spark.sparkContext.range(0, 4, 1, 4)
      .map(x => shared.value.length + (shared.value(last - x.toInt) & 0xff))
      .sum().toLong
    shared.destroy()
    sum
  }

  def checksum(result: Long): String = result.toString
}
