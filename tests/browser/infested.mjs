// A project that carries every payload in every place where a definition, a configuration or a page has room for one.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PAYLOADS } from "./payloads.mjs";

/** Fields that a definition may have, whatever it is: what has a page of its own, links, lists, and the rest. */
const FIELDS = [
  "product_section", "product_stage", "product_category", "value_type", "introduced_by_url", "removed_by_url", "repair_issue_url",
  "instrumentation_class", "skip_validation", "removed_by", "label_description", "value_description", "extra",
];

/** Fields with a list, or a page, for each value: several payloads share a value, or there would be ten thousand pages. */
const LISTED = ["product_group", "data_source", "milestone", "milestone_removed", "data_category", "status", "time_frame"];
const LISTS = ["product_categories", "tiers", "performance_indicator_type", "identifiers"];
const SHARED = 8;

/** How many roots the definitions lie in, each with links of its own. */
const ROOTS = 12;

const count = PAYLOADS.length;
const payload = (index) => PAYLOADS[index % count];

/** Several payloads in one text: an unclosed tag may need what comes behind it. */
const several = (index) => {
  const first = index % Math.ceil(count / SHARED) * SHARED;
  return PAYLOADS.slice(first, first + SHARED).join(" ");
};

/** A text in YAML's double quotes. */
function quoted(text) {
  const escaped = (character) => {
    const code = character.codePointAt(0);
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  };
  return `"${text.replace(/["\\]|[^ -~]/gu, escaped)}"`;
}

/** A text as the rest of a line, as raw as UTF-8 and YAML let it be. */
const onOneLine = (text) => text.toWellFormed().replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]/g, " ");

/** The nearest name that a disk takes. */
function fileName(text, index) {
  const name = Buffer.from(text.toWellFormed().replace(/[/\0]/g, "_")).subarray(0, 180).toString().replace(/\ufffd$/, "");
  return name === "" || /^\.+$/.test(name) ? `dots${name}${index}` : name;
}

function metric(index) {
  const at = (shift) => quoted(payload(index + shift));
  return [
    `# ${onOneLine(payload(index + 1))}`,
    `key_path: ${at(0)} # ${onOneLine(payload(index + 2))}`,
    `description: ${at(3)}`,
    ...LISTED.map((field, shift) => `${field}: ${quoted(several(index + shift))}`),
    ...LISTS.map((field, shift) => `${field}: [${quoted(several(index + 7 * shift))}, ${quoted(several(index + 7 * shift + 1))}]`),
    ...FIELDS.map((field, shift) => `${field}: ${at(shift + 10)}`),
    `events: [{name: ${at(1)}, unique: ${at(40)}, operator: ${at(41)}, filter: {${at(42)}: ${at(43)}}}, {name: ${at(2)}}]`,
    `options: {${at(44)}: {${at(45)}: [${at(46)}]}}`,
    `${at(47)}: ${at(48)}`,
    `${at(49)}: {${at(50)}: ${at(51)}}`,
    "",
  ].join("\n");
}

function event(index) {
  const at = (shift) => quoted(payload(index + shift));
  return [
    `action: ${at(0)}`,
    index % 2 ? `category: ${at(5)}` : "internal_events: true",
    `description: ${at(7)}`,
    `additional_properties: {${at(8)}: {description: ${at(9)}, ${at(10)}: ${at(11)}}}`,
    `product_group: ${quoted(several(index))}`,
    `identifiers: [${at(12)}]`,
    ...FIELDS.map((field, shift) => `${field}: ${at(shift + 60)}`),
    "",
  ].join("\n");
}

function groups() {
  const group = (index) => ({
    key: several(index),
    name: payload(index * SHARED + 1),
    description: payload(index * SHARED + 2),
    url: payload(index * SHARED + 3),
    contacts: Array.from({ length: SHARED }, (_, shift) => ({ name: payload(index + shift), url: payload(index * SHARED + shift) })),
    former_keys: [payload(index * SHARED + 4)],
  });
  const groups = Array.from({ length: Math.floor(count / SHARED / 2) }, (_, index) => group(2 * index));
  const stages = groups.map((group, index) => ({ key: payload(3 * index), name: payload(3 * index + 1), groups: [group] }));
  return yaml({ sections: stages.map((stage, index) => ({ key: payload(5 * index), name: payload(5 * index + 1), stages: [stage] })) });
}

/** A value as YAML in flow style. */
function yaml(value) {
  if (typeof value === "string") return quoted(value.toWellFormed());
  if (Array.isArray(value)) return `[${value.map(yaml).join(", ")}]`;
  return `{${Object.entries(value).map(([key, inner]) => `${key}: ${yaml(inner)}`).join(", ")}}`;
}

/** A page of the guide with some payloads, each as every part of Markdown. */
function chapter(index, length) {
  const texts = Array.from({ length }, (_, shift) => payload(index * length + shift).toWellFormed());
  const parts = texts.flatMap((text) => [
    text,
    `# ${text}`,
    `- ${text}\n  1. ${text}`,
    `> ${text}`,
    `| a | b |\n|:-:|--:|\n| ${onOneLine(text)} | ${onOneLine(text)} |`,
    `[${text}](${text} "${text}") ![${text}](${text} "${text}") <${text}>`,
    `[${text}](<${onOneLine(text)}>)`,
    `**${text}** \`${text}\` ~~${text}~~`,
    `\`\`\`${text}\n${text}\n\`\`\``,
  ]);
  return `---\ntitle: ${quoted(texts[0])}\ndescription: ${quoted(texts[1])}\nweight: ${index}\n---\n${parts.join("\n\n")}\n`;
}

function configuration() {
  const toml = (text) => quoted(text.toWellFormed());
  const links = PAYLOADS.filter((text) => /^\W*\w*:|^\/\/|^\\/.test(text) || text.startsWith("https")).slice(0, 3 * ROOTS);
  const source = (index) => `[[source]]
name = ${toml(payload(index))}
root = "definitions/${index}"
view_url = ${toml(`${links[3 * index]}/{path}#{line}`)}
edit_url = ${toml(`${links[3 * index + 1]}{name}{path}`)}
search_url = ${toml(`${links[3 * index + 2]}?q={name}`)}
`;
  // What a template says is the project's own affair; what items make of it is not.
  const templates = PAYLOADS.filter((text) => !/\{[{%#]/.test(text));
  const length = Math.ceil(templates.length / ROOTS);
  const snippet = (index) => `[[snippet]]
title = ${toml(payload(index * 20))}
language = ${toml(payload(index * 20 + 1))}
when = { status = [${toml(several(index))}] }
template = ${toml(`${templates.slice(index * length, (index + 1) * length).join("\n")}\n{{ item.name }} {{ item.description }} {{ item.definition }}`)}
`;
  const roots = Array.from({ length: ROOTS }, (_, index) => index);
  const title = ["</title><script>window.canary=1</script>", "\"><img src=x onerror=window.canary=1>", "\u202eevil", "{{ 7*7 }}"].join(" ");
  return `[site]
title = ${toml(title)}
base_url = "https://x.example/\\"><script>window.canary=1</script>"

[vocabulary]
groups = "groups.yml"
product_categories = "product_categories.yml"
data_categories = "data_categories.yml"

${roots.map(source).join("\n")}
${roots.map(snippet).join("\n")}`;
}

/** Writes the project into a folder. */
export async function writeInfested(folder) {
  const write = async (path, text) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (let index = 0; index < count; index += 1) {
    const place = (kind) => `definitions/${index % ROOTS}/${kind}s/${fileName(payload(index + 4), index)}/${fileName(payload(index), index)}.yml`;
    await write(place("metric"), metric(index));
    if (index % 2 === 0) await write(place("event"), event(index));
  }
  // What no quotes keep from being what it is.
  await write("definitions/0/metrics/raw/control.yml", `key_path: a\0b\ndescription: \u001b[2J\n${PAYLOADS.join("\n")}`);
  await write("definitions/0/metrics/raw/bytes.yml", Buffer.from("key_path: raw\ndescription: \xff\xfe<b>\xc0\xaf\n", "latin1"));
  await write("definitions/0/metrics/raw/unquoted.yml", `key_path: unquoted\n${PAYLOADS.map((text, index) => `k${index}: ${onOneLine(text)}\n`).join("")}`);
  await write("groups.yml", groups());
  await write("product_categories.yml", yaml(PAYLOADS.map((_, index) => several(index))));
  const categories = PAYLOADS.map((_, index) => ({ key: several(index), name: payload(index), description: payload(index + 1) }));
  await write("data_categories.yml", yaml(categories.slice(0, count / SHARED)));
  await write("content/index.md", chapter(0, 4));
  const length = 8;
  for (let index = 0; index * length < count; index += 1) {
    await write(`content/${fileName(payload(index * length), index)}.md`, chapter(index, length));
    await write(`content/data-categories/${fileName(several(index).toLowerCase(), index)}.md`, chapter(index, 2));
  }
  await write("dictionary.toml", configuration());
}
