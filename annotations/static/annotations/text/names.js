// @ts-check
/** Names of people and bodies in a sentence, and the words that say who speaks. Pure. */

/** @typedef {{text: string, start: number, end: number, titled: boolean, first: boolean}} Name  UTF-16; `first`: the sentence begins with it */
/** @typedef {{start: number, end: number, side: 'before' | 'after' | 'both', pronoun: boolean}} Attribution  where the speaker stands */

const PARTICLES = 'de la|de las|de los|van der|van den|van de|von der|van|von|vom|zu|zum|ter|ten|den|der|de|du|des|del|della|di|da|dos|das|do|la|le|el|al|bin|bint|ibn|ben|abu|y';
const TITLES = /^(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx|Me|Mgr|St|Ste|Sen|Rep|Gov|Hon|M|MM)\.?|Mme|Mlle|Mmes|Dre|Pr|Professor|Professeure?|Doctor|Docteure?|Provost|Captain|Judge|Justice|General|Minister|Mayor|Sir|Dame|Lord|Lady|President|Président|Présidente|Senator|Madame|Monsieur|Maître)\s+/u;
const WORD = "(?:(?:d|l|D|L|O|o)[’'])?\\p{Lu}[\\p{L}\\p{M}\\p{N}]*(?:[’'\\-‐‑][\\p{L}\\p{N}]+)*";
const INITIAL = '\\p{Lu}\\.';
/** Capitalised words in a row, with the small words that may stand inside a name. */
const RUN = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:(?:${INITIAL}|(?:Dr|Prof|Mr|Mrs|Ms|Mx|Me|St|Ste|Sen|Rep|Gov)\\.|${WORD})(?:[ \\u00a0](?:(?:${PARTICLES})[ \\u00a0])?(?:${INITIAL}|${WORD}))*)`, 'gu');
/** Begin sentences, or stand before a name, without belonging to one. */
const OPENERS = new Set(('the a an this that these those it he she they we you i in on at by for from with of to as but and or so yet if when while after before since although though because not no nobody one two its his her their our my your what who how why where there here still even only also once according asked sources '
  + 'le la les un une des ce cet cette ces il elle ils elles on nous vous je tu dans en au aux à par pour avec sans sur de du mais et ou donc or ni car si quand lorsque après avant depuis bien selon d’après d\'après interrogé interrogée son sa ses leur leurs notre nos mon ma mes qui que quoi c’est c\'est j’ai aujourd’hui hier demain').split(' '));
/** Written with a capital, and nobody. */
const NOBODY = new Set(('monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december '
  + 'english french american european british german chinese russian indian lundi mardi mercredi jeudi vendredi samedi dimanche mr mrs ms dr prof mme m').split(' '));
const PLACE_BEFORE = /(?:^|[\s(“«"])(?:in|at|from|near|of|to|on|à|en|au|aux|dans|chez|de|du|l’université de|close to)\s+(?:the\s+|la\s+|le\s+)?$/iu;
const ELISION = /^(?:[LD]|[ld]|[Qq]u)[’'](?=\p{Lu})/u;

const ENGLISH = 'said|says|say|told|tells|added|adds|argued|argues|wrote|writes|warned|warns|claimed|claims|insisted|insists|explained|explains|noted|notes|replied|replies|answered|answers|admitted|admits|conceded|concedes|believes|believed|thinks|thought|stated|states|announced|announces|acknowledged|acknowledges|recalled|recalls|continued|continues|concluded|concludes|complained|complains|joked|jokes|tweeted|posted|testified|testifies|denied|denies|suggested|suggests|declared|declares|remarked|remarks|observed|observes|objected|objects|agreed|agrees|smiles|smiled|laughs|laughed|sighs|sighed|responded|responds|countered|counters|maintains|maintained|estimates|estimated|predicted|predicts|criticised|criticized|criticises|criticizes|called|calls|contends|contended|asserts|asserted|asks';
const FRENCH = 'dit|disent|disait|déclare|déclarent|explique|expliquent|affirme|affirment|assure|assurent|estime|estiment|juge|jugent|raconte|racontent|confie|confient|ajoute|ajoutent|précise|précisent|souligne|soulignent|note|notent|écrit|écrivent|répond|répondent|lance|lancent|regrette|regrettent|dénonce|dénoncent|prévient|préviennent|insiste|insistent|reconnaît|reconnaissent|admet|admettent|soutient|soutiennent|rappelle|rappellent|poursuit|poursuivent|conclut|concluent|plaide|plaident|soupire|sourit|résume|résument|témoigne|témoignent|nuance|nuancent|alerte|alertent|avertit|critique|critiquent|réplique|rétorque|martèle|observe|constate|constatent|pense|pensent|croit|craint|redoute|promet|annonce|annoncent|déplore|déplorent'
  + '|(?:a|ont|avait)[ \\u00a0](?:dit|déclaré|expliqué|affirmé|assuré|estimé|jugé|raconté|confié|ajouté|précisé|souligné|noté|écrit|répondu|lancé|regretté|dénoncé|prévenu|insisté|reconnu|admis|soutenu|rappelé|poursuivi|conclu|plaidé|résumé|témoigné|critiqué|averti|alerté|annoncé|observé|constaté)|s’inquiète|s’indigne|s’étonne|s’alarme|se souvient|se félicite|s\'inquiète|s\'indigne|se désole';
const VERB = new RegExp(`(?<![\\p{L}’'-])(?:${ENGLISH}|${FRENCH})(?![\\p{L}’'])(-t-(?:il|elle|on|ils|elles)|-(?:il|elle|on|ils|elles|je))?`, 'giu');
const ASKED_INVERTED = /(?<![\p{L}’'-])(?:a|ont|avait)-(?:t-)?(?:il|elle|on|ils|elles)[ \u00a0]\p{L}+/giu;
const SOURCE = /(?<![\p{L}’'-])(?:according to|in the words of|selon|d’après|d'après|aux yeux de|pour)(?=\s)/giu;
const PRONOUN_BEFORE = /(?:^|[\s“«"(,;:])(?:he|she|they|il|elle|ils|elles|on)(?:\s+(?:also|then|later|has|had|lui|leur|en|y))?\s+$/iu;
const PRONOUN_AFTER = /^\s+(?:he|she|they|il|elle)\b/iu;
/** After these stands who was spoken to. */
const TO_SOMEBODY = /^(?:told|tells)$/iu;

/** @param {string} sentence @returns {Name[]} */
export function namesIn(sentence) {
  const opening = /[\p{L}\p{N}]/u.exec(sentence)?.index ?? 0;
  return [...sentence.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    let start = index;
    let text = run;
    let titled = false;
    const drop = (/** @type {number} */ size) => {
      start += size;
      text = text.slice(size);
    };
    for (let size = 1; size;) {
      const word = /^\S+\s*/u.exec(text)?.[0] ?? '';
      const title = TITLES.exec(text)?.[0] ?? '';
      const elision = ELISION.exec(text)?.[0] ?? '';
      titled ||= Boolean(title);
      size = title.length || elision.length || (OPENERS.has(word.trim().toLowerCase()) && start === opening ? word.length : 0);
      drop(size);
    }
    const words = text.split(/\s+/u);
    if (!/\p{L}{2}/u.test(text) || words.every((word) => NOBODY.has(word.toLowerCase()) || OPENERS.has(word.toLowerCase()))) return [];
    return [{ text: text.replace(/\u00a0/gu, ' '), start, end: start + text.length, titled, first: start === opening }];
  });
}

/** @param {string} sentence @returns {Attribution[]} */
export function attributionsIn(sentence) {
  /** @type {Attribution[]} */
  const found = [];
  for (const { 0: verb, 1: inverted, index: start } of sentence.matchAll(VERB)) {
    const end = start + verb.length;
    const pronoun = Boolean(inverted) || PRONOUN_BEFORE.test(sentence.slice(0, start)) || PRONOUN_AFTER.test(sentence.slice(end));
    found.push({ start, end, side: TO_SOMEBODY.test(verb) ? 'before' : 'both', pronoun });
  }
  for (const { 0: words, index: start } of sentence.matchAll(ASKED_INVERTED)) found.push({ start, end: start + words.length, side: 'both', pronoun: true });
  for (const { 0: words, index: start } of sentence.matchAll(SOURCE)) found.push({ start, end: start + words.length, side: 'after', pronoun: false });
  return found;
}

/** What is said of somebody in passing: `, who …,`, `, qui …,`. */
const CLAUSE = /,\s(?:who|whose|which|whom|qui|dont|que|où)\s[^,]*,/giu;

/** The stretches said in passing. @param {string} sentence @returns {{start: number, end: number}[]} */
export function clausesIn(sentence) {
  return [...sentence.matchAll(CLAUSE)].map(({ 0: clause, index }) => ({ start: index, end: index + clause.length }));
}

/** Whether a name stands where a place would. @param {string} sentence @param {Name} name */
export function isPlace(sentence, { start }) {
  return PLACE_BEFORE.test(sentence.slice(0, start));
}
