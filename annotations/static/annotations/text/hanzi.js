// @ts-check
/** Who speaks in a Chinese sentence: names stand without capitals and without spaces. Pure. */

const VERBS = '进一步指出|表示|指出|认为|强调|透露|写道|补充|回应|坦言|解释|警告|直言|介绍|承认|回忆|宣布|声称|告诉|告知|感叹|抱怨|呼吁|质疑|批评|相信|觉得|担心|提醒|说道|说|称|问|答';
const VERB = new RegExp(VERBS, 'gu');
const PRONOUN = /(?:他|她|他们|她们|其|我|我们|大家)$/u;
/** Between who speaks and the verb. */
const BETWEEN = /(?:(?:在[^，。]{1,12}?(?:中|上|时|里))|(?:对|向|跟|和)[^，。对向]{1,8}|(?:昨日|昨天|今天|近日|日前|随后|当天|周[一二三四五六日]|[一二三四五六七八九十\d]+月)|也|还|则|曾|又|都|就|却|并|再次|多次|此前|公开|这样|笑着|补充)+$/u;
const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝';
const COMPOUND = '欧阳|司马|诸葛|上官|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木';
const TITLES = '教授|博士|先生|女士|小姐|老师|医生|主任|院长|校长|所长|经理|总裁|主席|律师|研究员|工程师';
const ROLES = '首席执行官|首席科学家|首席技术官|联合创始人|创始人|董事长|总经理|发言人|负责人|总裁|总统|部长|市长|主席|主任|院长|校长|所长|教授|副教授|博士|博士生|研究生|学生|研究员|研究者|工程师|程序员|科学家|经济学家|社会学家|专家|学者|律师|作家|记者|经理|员工|议员|顾问|居民|面包师|医生|CEO|CTO|CFO';
const GIVEN = '[\\p{Script=Han}]';
const FOREIGN = new RegExp(`(${GIVEN}{1,14}(?:·${GIVEN}{1,6})+)$`, 'u');
const LATIN = /([\p{Script=Latin}][\p{Script=Latin}.’'\- ]*)$/u;
const AFTER_ROLE = new RegExp(`^.*(?:${ROLES})(?=.)`, 'u');
const NAMED = new RegExp(`(?:^|的|${ROLES}|[\\p{Script=Latin}\\s])((?:${COMPOUND})${GIVEN}{1,2}|[${SURNAMES}]${GIVEN}{1,2})$`, 'u');
const TITLED = new RegExp(`((?:${COMPOUND})${GIVEN}{0,2}|[${SURNAMES}]${GIVEN}{0,2})(?:${TITLES})`, 'gu');
/** Who is spoken of, at the head of a sentence. */
const SUBJECT = new RegExp(`^((?:${COMPOUND})${GIVEN}{1,2}?|[${SURNAMES}]${GIVEN}{1,2}?)(?=是|在|曾|于|从|已|就|，|也|担任|负责|领导|毕业|离开|加入)`, 'u');
const TITLE_AT_END = new RegExp(`(?:${TITLES})$`, 'u');
const BODY = /[\p{Script=Han}\p{Script=Latin}\d]{2,14}$/u;

/** Who stands at the end of what comes before a verb. @param {string} chunk @returns {{text: string, named: boolean} | null} */
function speakerOf(chunk) {
  const foreign = FOREIGN.exec(chunk)?.[1];
  if (foreign) return { text: foreign.replace(AFTER_ROLE, ''), named: true };
  const latin = LATIN.exec(chunk)?.[1].trim();
  if (latin) return { text: latin, named: true };
  const bare = chunk.replace(TITLE_AT_END, '');
  const titled = bare !== chunk && new RegExp(`((?:${COMPOUND})${GIVEN}{0,2}|[${SURNAMES}]${GIVEN}{0,2})$`, 'u').exec(bare)?.[1];
  if (titled && titled.length < 4) return { text: titled, named: true };
  const name = NAMED.exec(chunk)?.[1];
  if (name && !new RegExp(`(?:${ROLES})$`, 'u').test(name)) return { text: name, named: true };
  const body = BODY.exec(chunk.replace(/^.*的/u, ''))?.[0];
  return body ? { text: body, named: false } : null;
}

/**
 * Speakers with where they stand, UTF-16; `pronoun` where somebody speaks who was named before.
 * @param {string} sentence
 * @returns {{found: {text: string, start: number, end: number, named: boolean}[], pronoun: boolean}}
 */
export function speakersIn(sentence) {
  const found = [];
  let pronoun = false;
  for (const { index } of sentence.matchAll(VERB)) {
    const before = sentence.slice(0, index);
    const from = before.search(/[^，。；：、！？!?,;:“”"「」『』（）()]*$/u);
    const chunk = before.slice(from).replace(BETWEEN, '').replace(/^(?:据|但是|但|而|不过|可是|此外|对此|同时|因此|所以|其中|然而)/u, '').trim();
    if (PRONOUN.test(chunk)) pronoun = true;
    else if (chunk) {
      const speaker = speakerOf(chunk);
      const start = speaker ? before.lastIndexOf(speaker.text) : -1;
      if (speaker && start >= 0) found.push({ ...speaker, start, end: start + speaker.text.length });
    }
  }
  for (const { 1: text, index } of sentence.matchAll(TITLED)) found.push({ text, named: true, start: index, end: index + text.length });
  const subject = SUBJECT.exec(sentence.trimStart())?.[1];
  if (subject && !found.some(({ text }) => text === subject)) found.push({ text: subject, named: false, start: sentence.indexOf(subject), end: sentence.indexOf(subject) + subject.length });
  return { found, pronoun };
}
