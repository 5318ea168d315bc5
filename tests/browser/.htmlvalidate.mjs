// A module rather than JSON, for the reasons beside each exception.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Both spellings are valid; the templates have the one that formatters write.
    "doctype-style": ["error", { style: "lowercase" }],
    // Advice for search engines. A title begins with the item's whole name, however long: that tells tabs apart.
    "long-title": "off",
    // Results come while one types, and Enter opens the first: there is nothing for a button to submit.
    "wcag/h32": "off",
    // The hits of the search box are a listbox of links: a `<select>` can hold none.
    "prefer-native-element": ["error", { exclude: ["listbox"] }],
  },
};
