// Rotates the credential on standard input by @gitbeaker/rest, and prints the new one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const require = createRequire(join(resolve(process.argv[2]), "package.json"));
const { Gitlab } = require("@gitbeaker/rest");
const client = new Gitlab({
  host: process.env.MODEL_URL,
  token: readFileSync(0, "utf8").trim(),
});
const made = await client.PersonalAccessTokens.rotate("self");
console.log(made.token);
