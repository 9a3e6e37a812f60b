// @ts-check
/**
 * Words of the page. A phrase may hold `{name}`; a counted one exists as `key_one` and `key_other`.
 * @param {Record<string, string>} strings
 * @param {string} language
 */
export function translator(strings, language) {
  const plural = new Intl.PluralRules(language);
  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   * @returns {string}
   */
  return function t(key, values = {}) {
    const counted = typeof values.n === 'number' ? strings[`${key}_${plural.select(values.n) === 'one' ? 'one' : 'other'}`] : undefined;
    const phrase = counted ?? strings[key] ?? key;
    return phrase.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };
}
