/* How the search cuts a text into words, as scripts/xinyong/site/search_words.py does for the
   index. A text is folded: small letters without tone marks or accents, simplified characters. A
   run of Chinese characters gives its pairs of characters, a single one itself. No DOM in here. */

export const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\ud840-\ud8bf][\udc00-\udfff]/
const ASCII = /^\p{ASCII}*$/u
const RUNS =
  /(?:[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\u{20000}-\u{3ffff}])+|(?:(?![\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\u{20000}-\u{3ffff}])[\p{L}\p{N}])+/gu

const withoutEnding = (word) => {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`
  if (word.endsWith("s") && !"sui".includes(word.at(-2))) return word.slice(0, -1)
  for (const ending of ["ing", "ed"]) {
    const base = word.endsWith(ending) ? word.slice(0, -ending.length) : ""
    if (base.length < 3) continue
    const isDouble = base.at(-1) === base.at(-2) && !"lsaeiou".includes(base.at(-1))
    return isDouble ? base.slice(0, -1) : base
  }
  return word
}

/* An English word without the ending of its form: scored and scores as scor. */
export const stem = (word) => {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word
  const base = withoutEnding(word)
  return base.length > 3 && base.endsWith("e") ? base.slice(0, -1) : base
}

/* 第44号令 and "No. 44" as translations and readers may write them: order 44, 44. */
const plainNumbers = (text) =>
  /\p{Nd}/u.test(text)
    ? text
        .replace(
          /令\s*第?\s*(\d+)\s*号|第?\s*(\d+)\s*号令/g,
          (_, one, two) => ` order ${one ?? two} `,
        )
        .replace(/第?\s*(\d+)\s*号(?:公告)?/g, " $1 ")
        .replace(/(?<!\d)((?:19|20)\d\d)\s*年/g, " $1 ")
        .replace(/\bno\b\.?\s*(?=\d)/g, "")
    : text

/* Makes a cutter. `pairs` are traditional characters, each followed by its simplified one; `silent`
   are the words that say nothing of what is looked for. */
export const cutter = (pairs, silent) => {
  const chars = [...pairs]
  const simplified = new Map()
  for (let at = 0; at < chars.length; at += 2) simplified.set(chars[at], chars[at + 1])
  const quiet = new Set(silent)
  const quietHan = silent.filter((word) => HAN.test(word)).sort((a, b) => b.length - a.length)
  const between = quietHan.length ? new RegExp(quietHan.join("|"), "u") : /\0/
  const marked = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/\p{Script=Han}/gu, (char) => simplified.get(char) ?? char)
  const plain = (text) =>
    (ASCII.test(text) ? text.toLowerCase() : marked(text)).replace(/['’‘`]/g, "")
  const fold = (text) => plainNumbers(plain(text))
  const pairsOf = (run) =>
    run.split(between).flatMap((piece) => {
      const letters = [...piece]
      if (letters.length < 2) return letters
      return letters.slice(1).map((letter, at) => letters[at] + letter)
    })
  const all = (text) =>
    (fold(text).match(RUNS) ?? []).flatMap((run) => (HAN.test(run) ? pairsOf(run) : [run]))
  const telling = (text) => {
    const every = all(text)
    const found = every.filter((word) => !quiet.has(word))
    return found.length ? found : every
  }
  return { plain, fold, all, telling, isQuiet: (word) => quiet.has(word) }
}

/* The length of the shortest way from one word to another, as far as `most`: a letter put in, left
   out, changed, or two exchanged count one each. */
export const distance = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let before = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    for (let at = 1; at <= other.length; at++) {
      const changed = one[row - 1] === other[at - 1] ? 0 : 1
      next[at] = Math.min(last[at] + 1, next[at - 1] + 1, last[at - 1] + changed)
      const exchanged = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]
      if (at > 1 && exchanged) next[at] = Math.min(next[at], before[at - 2] + 1)
    }
    if (Math.min(...next) > most) return most + 1
    before = last
    last = next
  }
  return last[other.length]
}

/* Makes a function that says where a query stands in a text as it is written: pairs of places. The
   query as a whole comes first, then its words in any of their forms. */
export const finder = (cut, asked) => {
  const runs = cut.fold(asked.replace(/u:/gi, "ü")).match(RUNS) ?? []
  const joined = runs.join("")
  const telling = runs.filter((run) => !cut.isQuiet(run))
  const words = (telling.length ? telling : runs).filter((run) => !HAN.test(run))
  const stems = new Set(words.map(stem))
  const pairs = cut.telling(asked).filter((word) => HAN.test(word))
  const isHit = (word) =>
    stems.has(stem(word)) || words.some((other) => other.length > 1 && word.startsWith(other))
  return (text) => {
    const { letters, map } = lettersOf(cut, text)
    const whole = runsIn(letters, map, joined, joined.length > 3)
    if (whole.length) return whole
    const found = pairs.flatMap((pair) => runsIn(letters, map, pair, true))
    for (const word of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu))
      if (!HAN.test(word[0]) && isHit(cut.plain(word[0])))
        found.push([word.index, word.index + word[0].length])
    return joinedUp(found)
  }
}

/* The letters of a text in folded form, and where each stands in it. */
const lettersOf = (cut, text) => {
  const map = []
  let letters = ""
  let at = 0
  let isStart = true
  for (const char of text) {
    const plain = cut.plain(char).replace(/[^\p{L}\p{N}]+/gu, "")
    for (const piece of plain) {
      letters += piece
      map.push({ from: at, to: at + char.length, isStart: isStart || HAN.test(char) })
      for (let unit = 1; unit < piece.length; unit++) map.push(map.at(-1))
    }
    if (plain) isStart = HAN.test(char)
    else if (!/\p{M}/u.test(char)) isStart = true
    at += char.length
  }
  return { letters, map }
}

const runsIn = (letters, map, run, isAnywhere) => {
  const found = []
  if (!run) return found
  for (let at = letters.indexOf(run); at >= 0; at = letters.indexOf(run, at + run.length))
    if (isAnywhere || map[at].isStart) found.push([map[at].from, map[at + run.length - 1].to])
  return found
}

/* Places in their order, those that overlap or touch as one. */
const joinedUp = (places) => {
  const found = []
  for (const [from, to] of places.sort((one, other) => one[0] - other[0]))
    if (found.length && from <= found.at(-1)[1]) found.at(-1)[1] = Math.max(found.at(-1)[1], to)
    else found.push([from, to])
  return found
}
