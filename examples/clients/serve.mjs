// Asks `tokensieve serve` about files: one process for all of them.
//
//     node examples/clients/serve.mjs FILE...
//
// Prints a line for each finding. Many requests can be on their way at once: each has an id.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

class Tokensieve {
  constructor(program = "tokensieve") {
    this.process = spawn(program, ["serve"], { stdio: ["pipe", "pipe", "inherit"] });
    this.waiting = new Map();
    this.next = 1;
    createInterface({ input: this.process.stdout }).on("line", (line) => this.answered(JSON.parse(line)));
    this.process.on("close", () => this.waiting.forEach(({ reject }) => reject(new Error("tokensieve has ended"))));
  }

  answered({ id, ...answer }) {
    const { resolve, reject } = this.waiting.get(id);
    this.waiting.delete(id);
    if (answer.error) reject(new Error(answer.error));
    else resolve(answer);
  }

  ask(request) {
    const id = this.next++;
    this.process.stdin.write(JSON.stringify({ id, ...request }) + "\n");
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** The findings in a buffer, with the keys of JSON reports. */
  async scan(content, path) {
    return (await this.ask({ method: "scan", base64: content.toString("base64"), path })).findings;
  }

  /** A text without its secrets. */
  async redact(text) {
    return (await this.ask({ method: "redact", text })).text;
  }

  /** The end of its input ends the process. */
  close() {
    this.process.stdin.end();
  }
}

const tokensieve = new Tokensieve();
const paths = process.argv.slice(2);
const scanned = await Promise.all(paths.map(async (path) => tokensieve.scan(await readFile(path), path)));
for (const finding of scanned.flat()) {
  console.log(`${finding.path}:${finding.start_line}: ${finding.rule_id} ${finding.redacted}`);
}
tokensieve.close();
process.exitCode = scanned.flat().length ? 1 : 0;
