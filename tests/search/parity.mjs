// Comparing what the program finds with what the page's script finds.

/** By the numbers of the script, which begin with 1. */
const TIERS = ["", "exact", "query", "prefix", "typo", "partial"];

/** A score's bits: -0 and 0 differ, and so do neighbours. */
function bits(score) {
  return new Uint32Array(Float32Array.of(score).buffer)[0].toString(16);
}

/**
 * The queries that the two sides answer differently, with both answers.
 * @param {{query: string, total: number, hits: any[], notices: any[]}[]} expected the program's
 * @param {{query: string, total: number, hits: any[], notices: any[], rows: any[]}[]} found the script's, with the rows of its hits
 */
export function differences(expected, found) {
  return expected.flatMap((program, place) => {
    const script = found[place];
    const sides = {
      program: answer(program, program.hits),
      script: answer(script, script.hits.map((hit, at) => ({ ...script.rows[at], tier: TIERS[hit.tier], score: hit.score }))),
    };
    return JSON.stringify(sides.program) === JSON.stringify(sides.script) ? [] : [{ query: program.query, ...sides }];
  });
}

function answer({ query, total, notices }, hits) {
  return {
    query, total,
    hits: hits.map(({ kind, name, tier, score }) => `${tier} ${bits(score)} ${kind} ${name}`),
    notices: notices.map(({ kind, text, suggestions }) => `${kind}: ${text} (${suggestions.join(", ")})`),
  };
}
