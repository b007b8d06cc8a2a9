import { Command, CommanderError } from "commander";
import process from "node:process";
import { SparkError } from "../common/errors.ts";
import { VERSION } from "../common/version.ts";
import { checkNode } from "./check_node.ts";
import type { InitWords } from "./init_command.ts";
import type { PackWords } from "./pack_command.ts";
import type { RunWords } from "./run_command.ts";
import { EXIT_CODE } from "./exit_code.ts";
import { addSparkOptions } from "./spark_options.ts";
import { note, say } from "./terminal.ts";
import { isUsageError } from "./usage_error.ts";

/**
 * Runs one command line of `tspark`. What a command needs is loaded when it
 * is asked for, so that `--help` answers at once.
 *
 * @param words what follows `tspark`
 * @returns the exit code
 */
export async function runCommandLine(
  words: readonly string[],
): Promise<number> {
  let code: number = EXIT_CODE.ok;
  const program = makeProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT_CODE.ok : EXIT_CODE.usage;
    }
    if (!(error instanceof SparkError)) throw error;
    note(`tspark: ${error.message}`);
    return isUsageError(error) ? EXIT_CODE.usage : EXIT_CODE.failed;
  }
}

function makeProgram(ends: (code: number) => void): Command {
  const program = new Command("tspark")
    .description("Runs TypeScript on Apache Spark.")
    .version(VERSION)
    .enablePositionalOptions()
    .exitOverride()
    .hook("preAction", () => checkNode(process.versions))
    .configureOutput({
      writeOut: (text) => say(text.replace(/\n$/, "")),
      writeErr: (text) =>
        note(text.replace(/\n$/, "").replace(/^error: /, "tspark: ")),
    })
    .showHelpAfterError("Run with --help to see what is understood")
    .addHelpText("after", EXAMPLES);

  program.command("init")
    .description("make a project: a typed pipeline, a test of it, CI")
    .argument("[folder]", "where to; this folder by default", ".")
    .option("--deno", "for Deno, as by default where Deno runs this command")
    .option("--node", "for Node.js, as by default where Node.js runs it")
    .addHelpText("after", INIT_EXAMPLES)
    .action(async (folder: string, words: InitWords) => {
      const { initProject } = await import("./init_command.ts");
      await initProject(folder, words);
    });

  addSparkOptions(program.command("run"))
    .description("run a program, with a Spark of its own")
    .option("--local-worker", "run functions in the program's own process")
    .option("--inspect-wait", "wait for a debugger, at port 9229")
    .argument("<program>", "the program's file or address")
    .argument("[args...]", "what the program gets")
    .allowUnknownOption()
    .addHelpText("after", RUN_EXAMPLES)
    .action(
      async (
        file: string,
        args: string[],
        options: RunWords,
        command: Command,
      ) => {
        if (file.startsWith("-")) {
          command.error(`error: unknown option '${file}'`);
        }
        const { runProgram } = await import("./run_command.ts");
        ends(await runProgram(file, args, options));
      },
    );

  program.command("submit")
    .description("run a program through stock spark-submit")
    .usage("[options of spark-submit] <program> [args...]")
    .argument("[words...]")
    .allowUnknownOption()
    .passThroughOptions()
    .addHelpText("after", SUBMIT_EXAMPLES)
    .action(async (submitted: string[]) => {
      const { submitProgram } = await import("./submit_command.ts");
      ends(await submitProgram(submitted));
    });

  addSparkOptions(program.command("shell"))
    .description("type at a prompt that has spark, sc, F and types")
    .addHelpText("after", SHELL_EXAMPLES)
    .action(async (options: object) => {
      const { openShell } = await import("./shell_command.ts");
      ends(await openShell(options));
    });

  program.command("doctor")
    .description("tell what is found of Java, Spark and the rest")
    .option("--job", "start Spark as well and run a job on it")
    .action(async (options: { job?: boolean }) => {
      const { examine } = await import("./doctor_command.ts");
      ends(await examine(options.job === true));
    });

  const spark = program.command("spark")
    .description("install, list or remove a Spark of this user")
    .addHelpText("after", SPARK_EXAMPLES);
  spark.command("install")
    .description("fetch a Spark by pip, into this user's cache")
    .argument("[version]", "such as 3.5.9; the newest that is known by default")
    .action(async (version: string | undefined) => {
      const { install } = await import("./spark_command.ts");
      await install(version);
    });
  spark.command("list")
    .description("list the versions in this user's cache")
    .action(async () => {
      const { list } = await import("./spark_command.ts");
      await list();
    });
  spark.command("remove")
    .description("remove a version from this user's cache")
    .argument("<version>", "one that is listed")
    .action(async (version: string) => {
      const { remove } = await import("./spark_command.ts");
      await remove(version);
    });

  addSparkOptions(program.command("types"))
    .description("write TypeScript interfaces of the rows of tables")
    .argument("<tables...>", "tables and views, such as sales.orders")
    .option("--out <file>", "where to; stdout by default")
    .addHelpText("after", TYPES_EXAMPLES)
    .action(async (tables: string[], options: object) => {
      const { writeTypes } = await import("./types_command.ts");
      await writeTypes(tables, options);
    });

  program.command("pack")
    .description("pack what executors need into one archive")
    .option("--platform <kind>", "the executors' machines, such as linux-arm64")
    .option("--deno <file>", "the Deno to pack, for that kind of machine")
    .option("--addon <file>", "the native addon to pack, or none")
    .option("--to <file>", "where to, a .tar.gz; in the cache by default")
    .addHelpText("after", PACK_EXAMPLES)
    .action(async (words: PackWords) => {
      const { pack } = await import("./pack_command.ts");
      await pack(words);
    });

  program.command("version")
    .description("tell the version, and those of what is under it")
    .action(async () => {
      const { tellVersion } = await import("./version_command.ts");
      tellVersion();
    });
  return program;
}

const EXAMPLES = `
Examples:
  tspark init orders                    make a project to begin with
  tspark spark install                  fetch Spark, once
  tspark run count.ts book.txt          run a program on this machine
  tspark shell                          try things out
  tspark doctor                         find out what is missing

Exit codes: 0 all went well, 1 the command failed, 2 the command line is wrong;
run and submit end with the program's own code, 128 + n after signal n.`;

const INIT_EXAMPLES = `
Examples:
  tspark init orders
  tspark init orders --node`;

const RUN_EXAMPLES = `
Examples:
  tspark run count.ts book.txt
  tspark run --master local[4] --driver-memory 4g count.ts --verbose book.txt
  tspark run --master local[4] count.ts -- --name of-its-own
  tspark run --conf spark.sql.shuffle.partitions=8 --packages org.postgresql:postgresql:42.7.4 load.ts
  tspark run --properties-file secret.conf load.ts     for settings that nobody should see
  tspark run --master local[1] --local-worker --inspect-wait count.ts    to step into functions

The program gets what is no option of these, and all that follows --. What it
sets itself counts more than these options.`;

const SUBMIT_EXAMPLES = `
Examples:
  tspark submit count.ts book.txt
  tspark submit --master spark://host:7077 --executor-memory 4g count.ts book.txt

Options go before the program, as with spark-submit, which explains them:
spark-submit --help. What follows the program is the program's.`;

const SHELL_EXAMPLES = `
Examples:
  tspark shell
  tspark shell --master local[2] --packages org.postgresql:postgresql:42.7.4
  echo 'await sc.range(10).sum()' | tspark shell`;

const TYPES_EXAMPLES = `
Examples:
  tspark types sales.orders sales.customers --out tables.ts
  tspark types --conf spark.sql.warehouse.dir=/data/warehouse events

A program uses them so: spark.table("sales.orders").as<Orders>()`;

const PACK_EXAMPLES = `
Examples:
  tspark pack                                   into the cache; tells the path
  tspark pack --to tspark-worker.tar.gz         for an image, or for every node
  tspark pack --platform linux-arm64            parts come from npm

Sessions pack and ship by themselves when the master is not local. Unpacked on
every node, with --conf spark.tspark.worker=<folder>/tspark-worker, it is not shipped.`;

const SPARK_EXAMPLES = `
Examples:
  tspark spark install
  tspark spark install 3.5.9
  tspark spark list
  tspark spark remove 3.5.9`;
