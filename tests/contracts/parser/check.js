// node check.js FILE: says what the official parser has against an AsyncAPI document; exit code 1 for errors.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const SEVERITIES = ["error", "warning", "information", "hint"];
const text = readFileSync(process.argv[2], "utf8");
const { document, diagnostics } = await new Parser().parse(text, { source: process.argv[2] });
for (const { severity, code, path, message } of diagnostics) {
  console.log(`${SEVERITIES[severity]} ${code} at ${path.join(".")}: ${message}`);
}
if (document) {
  console.log(`${document.allChannels().length} channels, ${document.allMessages().length} messages`);
}
process.exit(!document || diagnostics.some(({ severity }) => severity < 2) ? 1 : 0);
