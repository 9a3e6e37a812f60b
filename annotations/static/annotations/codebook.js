// @ts-check
/** The codebook as the page asks for it. Sub-themes inherit the proposition and its stance labels. */

/** Letters of sub-themes that have none of their own. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

export class Codebook {
  /** @param {{edition: number, themes: Theme[], stances: Stance[]}} data */
  constructor({ edition, themes, stances }) {
    this.edition = edition;
    this.themes = themes;
    this.stances = stances;
    this.byKey = new Map(themes.map((theme) => [theme.key, theme]));
    this.top = themes.filter((theme) => !theme.parent);
  }

  /** The theme, or a stand-in with the same key where this edition does not know it. @param {string} key @returns {Theme} */
  theme(key) {
    return this.byKey.get(key) ?? {
      key, code: '??', name: key, definition: '', include: '', exclude: '', examples: [], counter_examples: [],
      colour: 1, hotkey: '', parent: null, proposition: '', stance_labels: {}, memo_required: false,
    };
  }

  /** A sub-theme's parent, a theme itself. @param {string} key */
  topOf(key) {
    const theme = this.theme(key);
    return theme.parent ? this.theme(theme.parent) : theme;
  }

  /** Sub-themes with the letter that picks each. @param {string} key @returns {{theme: Theme, letter: string}[]} */
  children(key) {
    const children = this.themes.filter((theme) => theme.parent === key);
    const taken = new Set(children.map((theme) => theme.hotkey));
    const free = [...LETTERS].filter((letter) => !taken.has(letter));
    return children.map((theme) => ({ theme, letter: theme.hotkey || (free.shift() ?? '') }));
  }

  /** @param {string} key */
  proposition(key) {
    return this.theme(key).proposition || this.topOf(key).proposition;
  }

  /** @param {string} themeKey @param {Stance} stance */
  stanceLabel(themeKey, stance) {
    return this.theme(themeKey).stance_labels[stance.key] || this.topOf(themeKey).stance_labels[stance.key] || stance.label;
  }

  /** @param {string | null} key */
  stance(key) {
    return this.stances.find((stance) => stance.key === key) ?? null;
  }

  /**
   * Themes whose name, parent's name or code holds all words asked for; accents and case do not matter.
   * @param {string} query
   */
  search(query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    return this.themes.filter((theme) => {
      const haystack = fold(`${theme.code} ${theme.name} ${theme.parent ? this.theme(theme.parent).name : ''}`);
      return words.every((word) => haystack.includes(word));
    });
  }
}

/** @param {string} text */
function fold(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
