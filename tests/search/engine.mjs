// The page's script as the theme joins it: all files in the order of their names, without lines of comment, in one function.
import { readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../../themes/default/static/search/", import.meta.url);

export const script = readdirSync(FOLDER)
  .sort()
  .flatMap((name) => readFileSync(new URL(name, FOLDER), "utf8").split("\n"))
  .map((line) => line.trimStart())
  .filter((line) => line !== "" && !/^(\/\/|\/\*\*|\*)/.test(line))
  .join("\n");

export const NAMES = [
  "Index", "Lookup", "Terms", "Values", "LENGTHS", "canonical", "codePoints", "editDistance", "fetchFrom", "highlight", "lowerCase", "normOf",
  "parse", "placedWords", "readCodes", "readNumbers", "scriptsFrom", "termsBeginning", "termsContaining", "termsNear", "wordsOf",
];

export const engine = new Function(`"use strict";${script}\nreturn {${NAMES.join(",")}};`)();
