// What a search must find, computed from the documents themselves, the slow and obvious way. Queries come parsed.
import { FIELDS, NORM_LENGTHS, idf, normId } from "./writer.mjs";

const f = Math.fround;

const sum = (numbers) => numbers.reduce((total, number) => f(total + number), 0);

/** Optimal string alignment by its definition, of strings or lists of characters. */
export function distance(a, b) {
  const known = new Map();
  const from = (i, j) => {
    if (Math.min(i, j) === 0) return Math.max(i, j);
    const key = i * 1000 + j;
    if (!known.has(key)) {
      const replaced = from(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? from(i - 2, j - 2) + 1 : Infinity;
      known.set(key, Math.min(replaced, swapped, from(i - 1, j) + 1, from(i, j - 1) + 1));
    }
    return known.get(key);
  };
  return from(a.length, b.length);
}

export class Reference {
  constructor(documents, facets) {
    this.documents = documents;
    this.facets = facets;
    this.scores = new Map();
    this.terms = new Map();
    for (const { name } of FIELDS) {
      const counts = new Map();
      for (const document of documents) {
        for (const word of new Set(document[name])) if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      for (const [word, count] of counts) this.terms.set(word, Math.max(count, this.terms.get(word) ?? 0));
    }
  }

  /** How often words stand side by side in a field of a document. */
  frequency(document, field, words) {
    return document[field].filter((_, place) => words.every((word, next) => document[field][place + next] === word)).length;
  }

  /** What each document gets for a term or a phrase in a field. */
  fieldScores(field, words) {
    const key = `${field.name} ${words.join(" ")}`;
    if (!this.scores.has(key)) this.scores.set(key, this.documents.map((document) => this.score(document, field, words)));
    return this.scores.get(key);
  }

  /** BM25 of a term or a phrase in one field of a document; null without it. */
  score(document, field, words) {
    const frequency = this.frequency(document, field.name, words);
    if (frequency === 0) return null;
    const tokens = this.documents.flatMap((other) => other[field.name]).filter((word) => word !== null).length;
    const average = f(tokens / this.documents.length);
    const length = field.norms ? NORM_LENGTHS[normId(document[field.name].filter((word) => word !== null).length)] : 1;
    const norm = f(f(1.2) * f(f(1 - 0.75) + f(f(0.75 * length) / average)));
    const idfs = words.map((word) => idf(this.documents.filter((other) => other[field.name].includes(word)).length, this.documents.length));
    return f(f(f(sum(idfs) * f(1 + f(1.2))) * field.boost) * f(frequency / f(frequency + norm)));
  }

  leafScores(document, leaf, terms) {
    const fields = FIELDS.filter(({ name }) => leaf.field === null || leaf.field === name);
    const each = leaf.words.length > 1 ? [leaf.words] : terms.map((term) => [term]);
    const id = this.documents.indexOf(document);
    return each.flatMap((words) => fields.map((field) => this.fieldScores(field, words)[id])).filter((score) => score !== null);
  }

  has(document, leaves, termsOf) {
    return leaves.every((leaf) => this.leafScores(document, leaf, termsOf(leaf)).length > 0);
  }

  matching(groups, document, termsOf) {
    return groups.filter((group) => group.some((leaves) => this.has(document, leaves, termsOf))).length;
  }

  excluded(document, parsed) {
    return parsed.not.some((leaves) => this.has(document, leaves, (leaf) => leaf.words));
  }

  best(candidates, most) {
    candidates.sort((a, b) => a.distance - b.distance || b.count - a.count || (a.term < b.term ? -1 : 1));
    return candidates.slice(0, most).map(({ term }) => term);
  }

  termsWhere(test, most) {
    return this.best([...this.terms].filter(([term]) => test(term)).map(([term, count]) => ({ term, count, distance: 0 })), most);
  }

  near(word) {
    const letters = [...word];
    const limit = letters.length < 4 ? 0 : letters.length < 8 ? 1 : 2;
    const all = [...this.terms].map(([term, count]) => ({ term, count, distance: distance(letters, [...term]) }));
    return this.best(all.filter((each) => each.distance > 0 && each.distance <= limit), 8);
  }

  containing(word) {
    return [...word].length < 3 ? [] : this.termsWhere((term) => term.includes(word), 32);
  }

  /** Which documents a tier finds, those left out by `-` marked. */
  tier(number, groups, parsed, termsOf, least = groups.length) {
    return this.documents.flatMap((document, id) => {
      if (this.matching(groups, document, termsOf) < least) return [];
      const scores = groups.flat(2).flatMap((leaf) => this.leafScores(document, leaf, termsOf(leaf)));
      return [{ id, tier: number, score: sum(scores), excluded: this.excluded(document, parsed) }];
    });
  }

  found(parsed) {
    const all = parsed.groups;
    const last = parsed.open ? all.at(-1).at(-1).at(-1) : null;
    const short = last !== null && [...last.words[0]].length < 2;
    const begun = last && !short ? this.termsWhere((term) => term.startsWith(last.words[0]) && term !== last.words[0], 32) : [];
    const hits = this.tier(2, all, parsed, (leaf) => leaf.words);
    const groups = short && all.length > 1 ? all.slice(0, -1) : all;
    if (begun.length > 0 || groups !== all) hits.push(...this.tier(3, groups, parsed, (leaf) => (leaf === last ? begun : leaf.words)));
    if (hits.length > 0 || all.length === 0) return hits;

    const words = groups.flat(2).filter((leaf) => leaf.words.length === 1);
    const known = (leaf) => [...(this.terms.has(leaf.words[0]) ? leaf.words : []), ...(leaf === last ? begun : [])];
    const unknown = words.filter((leaf) => known(leaf).length === 0);
    const near = (leaf) => (unknown.length === 0 || unknown.includes(leaf) ? this.near(leaf.words[0]) : []);
    const containing = (leaf) => (unknown.includes(leaf) ? this.containing(leaf.words[0]) : []);
    const nearly = this.tier(4, groups, parsed, (leaf) => [...new Set([...known(leaf), ...near(leaf)])]);
    if (unknown.length > 0) nearly.push(...this.tier(5, groups, parsed, (leaf) => [...known(leaf), ...containing(leaf)]));
    if (nearly.length > 0) return nearly;

    const both = (leaf) => [...new Set([...known(leaf), ...(unknown.length > 0 ? [...near(leaf), ...containing(leaf)] : [])])];
    const counts = this.documents.map((document) => (this.excluded(document, parsed) ? 0 : this.matching(groups, document, both)));
    const most = Math.max(...counts);
    return most === 0 ? [] : this.tier(5, groups, parsed, both, most).filter(({ id }) => counts[id] === most);
  }

  passes(document, parsed) {
    return this.facets.every((facet) => {
      const mine = parsed.filters.filter((filter) => filter.facet === facet.name);
      const wanted = mine.filter(({ not }) => !not).flatMap(({ values }) => values);
      const unwanted = mine.filter(({ not }) => not).flatMap(({ values }) => values);
      const has = (value) => document.facets[facet.name].includes(value);
      return (wanted.length === 0 || wanted.some(has)) && !unwanted.some(has);
    });
  }

  /** The hits in their order, and how many there are without filters. Filters must ask for keys. */
  search(parsed) {
    const first = new Map();
    for (const hit of this.found(parsed)) if (!hit.excluded && !first.has(hit.id)) first.set(hit.id, hit);
    const hits = [...first.values()].filter(({ id }) => this.passes(this.documents[id], parsed));
    const lower = (text) => Array.from(text, (character) => character.toLowerCase()).join("");
    const said = lower(parsed.said ?? "");
    for (const hit of hits) {
      const { name } = this.documents[hit.id].row;
      if (hit.tier === 2 && parsed.groups.length > 0 && lower(name) === said) hit.tier = 1;
    }
    const block = (hit) => (hit.tier === 1 ? 0 : this.documents[hit.id].removed ? 2 : 1);
    hits.sort((a, b) => block(a) - block(b) || (a.tier === 1 ? 0 : a.tier - b.tier || b.score - a.score) || a.id - b.id);
    return { hits: hits.map(({ id, tier, score }) => ({ id, tier, score })), unfiltered: first.size };
  }
}
