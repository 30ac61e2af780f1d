/* How the search matches. Names and queries are folded in one way: small letters without tone marks
   or accents, simplified characters, no brackets, no plural s; ü counts as u and as v. A folded
   name is kept in two shapes, with spaces and without, so that zhimaxinyong finds Zhīma Xìnyòng. No
   DOM in here. */

const HAN = /[\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud88c][\udc00-\udfff]/
const ASCII = /^\p{ASCII}*$/u
const BREAK = /[^\p{L}\p{N}]+/gu
const COMMON = new Set([
  ..."a an and are as at by does for from how in is it no of on or the to was".split(" "),
  ..."what when where who why with".split(" "),
])

/* Tiers of a match, weighed by 100: the whole name, its beginning, a part of it. */
const WHOLE = 100
const BEGINS = 85
const BEGINS_WORD = 75
const ENDS = 72
const PART = 70
const PART_BEGINS_WORD = 60
const WORDS = 50
const WORDS_APART = 36
const INSIDE = 30
const TEXT = 20
const OF_SOURCE = -65

const isPlural = (word) =>
  word.length > 3 && word.endsWith("s") && !"sui".includes(word.at(-2)) && !HAN.test(word)
const singular = (word) => (isPlural(word) ? word.slice(0, -1) : word)

/* Make a folder: a function from a text to its folded form. `pairs` are traditional characters,
   each followed by its simplified one. */
export const folder = (pairs = "") => {
  const chars = [...pairs]
  const simplified = new Map()
  for (let at = 0; at < chars.length; at += 2) simplified.set(chars[at], chars[at + 1])
  const plain = (text) =>
    ASCII.test(text) ? text.toLowerCase().replaceAll("'", "") : unaccented(text)
  const unaccented = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/['’‘`]/g, "")
      .replace(/\p{Script=Han}/gu, (char) => simplified.get(char) ?? char)
  const fold = (text) => {
    const small = plain(text)
    const spaced = ASCII.test(small) ? small.replace(/[^a-z0-9]+/g, " ") : small.replace(BREAK, " ")
    return spaced.trim().split(" ").map(singular).join(" ")
  }
  return { fold, plain }
}

/* A folded form: with spaces, without them, and what it is worth. */
const shape = (folded, worth) => ({
  folded,
  joined: folded.replaceAll(" ", ""),
  worth,
  starts: undefined,
})

/* Where words begin in the joined shape of a form, found once: after a space, and at every
   character. */
const starts = (form) => {
  const found = new Uint8Array(form.joined.length + 1)
  let at = 0
  let after = true
  for (const unit of form.folded) {
    if (unit === " ") {
      after = true
      continue
    }
    const han = HAN.test(unit)
    found[at] = after || han ? 1 : 0
    after = han
    at += unit.length
  }
  return found
}

const begins = (form, at) => {
  form.starts ??= starts(form)
  return form.starts[at] === 1
}

const ends = (form, at) => at === form.joined.length || begins(form, at)
const digit = (char) => char >= "0" && char <= "9"

/* Say how well a run of letters stands in a form at one place; 0 where it only cuts a number in
   two. */
const tier = (form, run, at) => {
  const end = at + run.length
  const { joined } = form
  if (digit(run[0]) && digit(joined[at - 1] ?? "") && !begins(form, at)) return 0
  if (at === 0 && end === joined.length) return WHOLE
  const starts = begins(form, at)
  const stops = ends(form, end)
  if (at === 0) return stops ? BEGINS : BEGINS_WORD
  if (starts && end === joined.length) return ENDS
  if (starts) return stops ? PART : PART_BEGINS_WORD
  return run.length > 2 ? INSIDE : 0
}

const inForm = (form, run) => {
  let best = 0
  for (
    let at = form.joined.indexOf(run);
    at >= 0 && best < BEGINS;
    at = form.joined.indexOf(run, at + 1)
  )
    best = Math.max(best, tier(form, run, at))
  return best && best + (10 * run.length) / form.joined.length
}

/* Whether a word of the query begins a word of the form, or stands in its characters. */
const hasWord = (form, word) => {
  for (let at = form.joined.indexOf(word); at >= 0; at = form.joined.indexOf(word, at + 1))
    if (tier(form, word, at) > INSIDE) return true
  return false
}

const ofForm = (form, query) => {
  const whole = inForm(form, query.joined)
  if (whole || query.words.length < 2) return whole * form.worth
  const all = query.words.every((word) => hasWord(form, word))
  return all ? (WORDS + (10 * query.joined.length) / form.joined.length) * form.worth : 0
}

/* Unpack a row of the index into what is shown of it and its folded forms. */
const record = (row, at, kinds, layers, { fold }) => {
  const [kind, place, weight, name, zh = "", pinyin = "", layer = 0, also = [], more = []] = row
  const forms = []
  const add = (text, worth) => {
    if (!text) return
    forms.push(shape(fold(text), worth))
    if (/[üǖǘǚǜ]/i.test(text))
      forms.push(shape(fold(text.normalize("NFD").replace(/u\u0308/gi, "v")), worth))
  }
  for (const text of [name, zh, pinyin]) add(text, 1)
  for (const text of also) add(text, 0.96)
  const further = forms.length
  for (const text of more) add(text, 0.9)
  return {
    at,
    kind: kinds[kind],
    address: kinds[kind] === "pages" ? place : `${kinds[kind]}/${place}`,
    weight,
    name,
    zh,
    pinyin,
    layer: layers[layer],
    also,
    more,
    forms,
    further,
  }
}

/* Whether a source is what one looks for: by its author, its number or its year, not by a word of
   its title. */
const isMeant = (each, by, score) => {
  if (by === each.forms.length) return true
  if (by < each.further || score < WORDS) return false
  const { folded } = each.forms[by]
  return /\d/.test(folded) || folded.split(" ").length < 4 || score >= WHOLE * 0.9
}

const distance = (one, other) => {
  // Damerau and Levenshtein's distance as far as 1: a letter put in, left out, changed, or two
  // exchanged.
  if (one === other) return 0
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1) return 2
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1) ? 1 : 2
  if (short.slice(at + 1) === long.slice(at + 1)) return 1
  const exchanged =
    short[at] === long[at + 1] &&
    short[at + 1] === long[at] &&
    short.slice(at + 2) === long.slice(at + 2)
  return exchanged ? 1 : 2
}

const pairs = (joined) => {
  const found = new Set()
  for (let at = 0; at < joined.length - 1; at++) found.add(joined.slice(at, at + 2))
  return found
}

const alike = (one, other) => {
  let shared = 0
  for (const pair of one) if (other.has(pair)) shared++
  return (2 * shared) / (one.size + other.size || 1)
}

export class Index {
  constructor({ kinds, layers, traditional, shard, rows }) {
    this.kinds = kinds.map((pair) => pair[0])
    this.layers = layers.map((pair) => pair[0])
    this.heads = new Map(kinds)
    this.layerNames = new Map(layers)
    this.shard = shard
    this.folder = folder(traditional)
    this.characters = new Map()
    this.records = []
    this.texts = []
    this.add(rows)
  }

  /* Add rows after those there are. */
  add(rows) {
    for (const row of rows)
      this.records.push(record(row, this.records.length, this.kinds, this.layers, this.folder))
    this.vocabulary = undefined
  }

  /* Keep the texts of one file. */
  keep(file, texts) {
    texts.forEach((text, at) => {
      this.texts[file * this.shard + at] = { text, form: undefined }
    })
  }

  /* The numbers of the files that hold the texts of these records and are not here yet. */
  missing(records) {
    return [
      ...new Set(
        records
          .filter((found) => !this.texts[found.at])
          .map((found) => Math.floor(found.at / this.shard)),
      ),
    ]
  }

  get files() {
    return Array.from({ length: Math.ceil(this.records.length / this.shard) }, (_, file) => file)
  }

  /* Fold a query; the last one is kept, since all that is shown of it asks again. */
  query(text) {
    if (this.asked?.text === text) return this.asked
    const folded = this.folder.fold(text.replace(/u:/gi, "ü"))
    const all = folded.split(" ").filter(Boolean)
    const words = all.filter((word) => !COMMON.has(word))
    const toned =
      /[\u0300\u0301\u0304\u030c]/.test(text.normalize("NFD")) &&
      text.normalize("NFC").toLowerCase()
    this.asked = {
      text,
      joined: folded.replaceAll(" ", ""),
      words: words.length ? words : all,
      toned,
    }
    return this.asked
  }

  /* Find records by their names, best first; with `texts` also those whose text has all words,
     after them. */
  find(text, texts = false) {
    const query = this.query(text)
    if (!query.joined) return []
    const found = []
    for (const each of this.records) {
      const score = this.score(each, query)
      if (score) found.push({ record: each, score })
    }
    if (texts && (query.joined.length > 2 || HAN.test(query.joined))) this.#inTexts(query, found)
    return found.sort((one, other) => other.score - one.score || one.record.at - other.record.at)
  }

  score(each, query) {
    let best = 0
    let by = -1
    each.forms.forEach((form, at) => {
      const score = ofForm(form, query)
      if (score > best) [best, by] = [score, at]
    })
    if (
      !best &&
      query.words.length > 1 &&
      query.words.every((word) => each.forms.some((form) => hasWord(form, word)))
    )
      [best, by] = [WORDS_APART, each.forms.length]
    if (!best) return 0
    if (query.toned && each.pinyin.toLowerCase().includes(query.toned)) best += 3
    return Math.max(
      1,
      best + each.weight + (each.kind === "citations" && !isMeant(each, by, best) ? OF_SOURCE : 0),
    )
  }

  #inTexts(query, found) {
    const known = new Set(found.map((each) => each.record.at))
    for (const each of this.records) {
      const held = this.texts[each.at]
      if (!held?.text || known.has(each.at)) continue
      held.form ??= shape(this.folder.fold(held.text), 1)
      if (query.words.every((word) => hasWord(held.form, word)))
        found.push({
          record: each,
          score: Math.max(1, TEXT + each.weight / 2 - (each.kind === "citations" ? TEXT - 5 : 0)),
        })
    }
  }

  /* The query with a likely typing error corrected, undefined where nothing near is known. */
  corrected(text) {
    const bare = text
      .replace(/([a-zü:]+)[1-5](?=[a-zü' ]|$)/gi, "$1 ")
      .replace(/\s+/g, " ")
      .trim()
    if (bare !== text && this.find(bare).length) return bare
    this.vocabulary ??= this.#words()
    const words = this.folder.fold(text).split(" ")
    const corrected = words.map((word) => {
      const isRight = word.length < 4 || HAN.test(word) || this.vocabulary.has(word)
      return isRight ? word : this.#near(word)
    })
    const other = corrected.join(" ")
    return other !== words.join(" ") && this.find(other).length ? other : undefined
  }

  /* Records that have most of the words of the query, where none has all. */
  partly(text) {
    const query = this.query(text)
    if (query.words.length < 2) return []
    const scored = this.records.map((each) => {
      const has = query.words.filter((word) => each.forms.some((form) => hasWord(form, word)))
      return {
        record: each,
        has: has.join("").length,
        score: has.length * 20 + each.weight - (each.kind === "citations" ? 10 : 0),
      }
    })
    const most = Math.max(...scored.map((each) => each.has))
    if (most * 2 < query.joined.length) return []
    return scored
      .filter((each) => each.has === most)
      .sort((one, other) => other.score - one.score)
      .slice(0, 20)
  }

  /* The names nearest to the query, at most `count`, none that has nothing in common with it. */
  nearest(text, count = 3) {
    const wanted = pairs(this.query(text).joined)
    const scored = this.records
      .filter((each) => each.kind !== "citations" && each.kind !== "pages")
      .map((each) => ({
        record: each,
        score: Math.max(...each.forms.map((form) => alike(wanted, pairs(form.joined)))),
      }))
    return scored
      .filter((each) => each.score > 0.34)
      .sort((one, other) => other.score - one.score || other.record.weight - one.record.weight)
      .slice(0, count)
  }

  /* Whether a text has the query as a whole. */
  has(text, asked) {
    return this.folder.fold(text).replaceAll(" ", "").includes(this.query(asked).joined)
  }

  /* Where the query stands in a text as it is written: pairs of places, the words of the query
     apart unless it stands there whole. */
  places(text, asked) {
    const query = this.query(asked)
    const map = []
    let joined = ""
    let at = 0
    for (const char of text) {
      const folded = this.#letters(char)
      for (const piece of folded) {
        joined += piece
        map.push([at, at + char.length])
      }
      if (!folded && map.length) map.at(-1)[2] = true
      at += char.length
    }
    const isStart = (place) =>
      place === 0 || map[place - 1][2] || HAN.test(joined[place]) || HAN.test(joined[place - 1])
    const runs = (run, anywhere) => {
      const found = []
      for (
        let place = joined.indexOf(run);
        run && place >= 0;
        place = joined.indexOf(run, place + run.length)
      )
        if (anywhere || isStart(place)) found.push([map[place][0], map[place + run.length - 1][1]])
      return found
    }
    const whole = [query.joined, query.joined.replace("v", "u")]
      .map((run) => runs(run, run.length > 3))
      .find((found) => found.length)
    const found = whole ?? query.words.flatMap((word) => runs(word, false))
    return found
      .sort((one, other) => one[0] - other[0])
      .filter((place, number, all) => !number || place[0] >= all[number - 1][1])
  }

  /* The letters that one character folds to, none for a mark; each is folded once only. */
  #letters(char) {
    let letters = this.characters.get(char)
    if (letters === undefined) {
      letters = this.folder.plain(char).replace(BREAK, "")
      this.characters.set(char, letters)
    }
    return letters
  }

  #words() {
    const words = new Map()
    for (const each of this.records)
      for (const form of each.forms)
        for (const word of [...form.folded.split(" "), form.joined])
          if (!HAN.test(word) && word.length > 3 && word.length < 25)
            words.set(word, (words.get(word) ?? 0) + 1 + each.weight)
    return words
  }

  #near(word) {
    let best = word
    let most = 0
    for (const [other, times] of this.vocabulary)
      if (times > most && distance(word, other) === 1) [best, most] = [other, times]
    return best
  }
}
