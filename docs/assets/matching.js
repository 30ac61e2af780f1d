/* How the search answers: it loads the files of the words of a query, and weighs the documents that
   have them. scripts/xinyong/site/search.py writes the files. No DOM in here. */
import { cutter, distance, HAN, stem } from "./search-words.js"

export { finder } from "./search-words.js"

/* How a word of a name fits one of the query. */
const EXACT = 1
const SAME_STEM = 0.96
const SYNONYM = 0.85
const BEGINS = 0.5
const BEGINS_INSIDE = 0.35
const PER_LETTER = 0.4
const OF_TEXT = [0.3, 0.36, 0.42, 0.55]
const EVERYWHERE = 0.25

/* What a name of each sort is worth: the record's own, another, a phrase that people type, an author
   or a year, a source's title, a document's number; and what it is worth when it is the whole query. */
const WORTH = [1, 0.97, 0.92, 0.92, 0.62, 0.95]
const TITLE = 4
const WHOLE = [1.12, 1.1, 1.3, 1.16, 0.95, 1.45]

/* How a question begins or ends that a claim may answer. */
const QUESTION =
  /^(?:is|are|was|were|do|does|did|can|could|will|has|have)\b|[吗?？]\s*$|是否|会不会|能不能/i
const FOR_CLAIM = 6

/* What a variant of a query is worth, in which a name stands for another. */
const VARIANT = 0.97
const APART = 0.72
const SHARE_OF_NAME = 0.42
const ENOUGH = 8
const FORMS = 64
const PLACES = 16
const LENGTHS = 16

const isLatin = (word) => /^[a-z]/.test(word)
const isNumber = (word) => /^\d+$/.test(word)

/* The name of the file that holds a word. */
export const fileOf = (word, split) => {
  if (!/^[a-z0-9~]/.test(word)) return `han-${word.codePointAt(0) % 256}`
  const bare = word.replace("~", "")
  let length = 2
  while (length < 5 && split.has(bare.slice(0, length))) length++
  return bare
    .slice(0, length)
    .padEnd(length, "-")
    .replace(/[^a-z0-9]/g, "-")
}

/* The places that a word of a name has: slot, number of the name, place in it, length, sort. */
const unpacked = (numbers) => {
  const found = []
  let slot = 0
  for (let at = 0; at < numbers.length; at += 2) {
    slot += numbers[at]
    const code = numbers[at + 1]
    const rest = Math.floor(code / FORMS)
    const sorted = Math.floor(rest / PLACES)
    found.push({
      slot,
      form: code % FORMS,
      place: rest % PLACES,
      length: (sorted % LENGTHS) + 1,
      sort: Math.floor(sorted / LENGTHS),
    })
  }
  return found
}

const unpackedTexts = (numbers) => {
  const found = new Map()
  let last = 0
  for (const step of numbers) {
    const mark = last + step
    found.set(mark >> 2, mark & 3)
    last = mark & ~3
  }
  return found
}

export class Search {
  /* `read` fetches a file of the index by its name and rejects where it is not there. */
  static async load(read) {
    return new Search(await read("index"), read)
  }

  constructor(index, read) {
    this.read = read
    this.kinds = index.kinds.map((pair) => pair[0])
    this.heads = new Map(index.kinds)
    this.layers = index.layers
    this.shift = index.shift
    this.there = { names: new Set(), contents: new Set() }
    this.split = { names: new Set(), contents: new Set() }
    for (const folder of ["names", "contents"])
      for (const name of index[folder].split(" ")) this.#known(folder, name)
    this.silent = index.silent.split(" ")
    this.phrases = index.phrases
    this.cut = cutter("", this.silent)
    this.groups = new Map()
    for (const line of index.words) for (const word of line) this.groups.set(stem(word), line[0])
    this.documents = new Map()
    let slot = 0
    for (let at = 0; at < index.documents.length; at += 2) {
      slot += index.documents[at]
      const packed = index.documents[at + 1]
      this.documents.set(slot, { weight: packed >> 4, kind: this.kinds[packed & 15] })
    }
    this.files = new Map()
  }

  /* Notes a file of words, and that the beginnings of its name have more than one file. */
  #known(folder, name) {
    this.there[folder].add(name)
    if (/^han-\d+$/.test(name)) return
    for (let end = 2; end < name.length; end++) this.split[folder].add(name.slice(0, end))
  }

  get count() {
    return this.documents.size
  }

  /* A file of words; none where no word begins so. */
  async file(folder, name) {
    if (this.there[folder]?.has(name) === false) return {}
    const path = `${folder}/${name}`
    if (!this.files.has(path)) {
      const wanted = this.read(path).catch((error) => {
        this.files.delete(path)
        throw error
      })
      this.files.set(path, wanted)
    }
    return this.files.get(path)
  }

  /* Part of a document from its file: of heads, details or texts. */
  async part(folder, slot) {
    const file = await this.file(folder, slot >> this.shift)
    return file[slot]
  }

  /* What a result shows at once. */
  async head(slot) {
    const [place, name, zh = "", pinyin = "", layer = 0, mark = ""] = await this.part("heads", slot)
    const { kind } = this.documents.get(slot)
    const address = kind === "pages" ? place : `${kind}/${place}`
    return { slot, kind, address, name, zh, pinyin, layer: this.layers[layer], mark }
  }

  /* What a result shows after that: its summary and its other names. */
  async detail(slot) {
    const [text, also, more, numbers, asked] = await this.part("details", slot)
    return { text, also, more: [...more, ...numbers], asked }
  }

  /* Where on its page a document has most words of the query: the anchor and the sentence. */
  async passage(slot, text) {
    const wanted = this.cut.telling(text).map((word) => stem(word))
    let best = { anchor: "", text: "", has: 0 }
    for (const [anchor, ...said] of await this.part("texts", slot))
      for (const sentence of said) {
        const words = new Set(this.cut.all(sentence).map((word) => stem(word)))
        const has = wanted.filter((word) => words.has(word)).length
        if (has > best.has) best = { anchor, text: sentence, has }
      }
    return best
  }

  /* Reads a query: the lists of words that stand for it, its own first. */
  async query(text) {
    if (HAN.test(text) && !this.hasTraditional) {
      const pairs = await this.read("traditional")
      this.cut = cutter(pairs, this.silent)
      this.hasTraditional = true
    }
    const typed = text.replace(/u:/gi, "ü")
    const words = this.cut.telling(typed)
    const variants = [{ words, worth: 1 }]
    const add = (other, worth) => {
      const key = other.join(" ")
      if (other.length && variants.every((known) => known.words.join(" ") !== key))
        variants.push({ words: other, worth })
    }
    const isSpelled = words.length > 1 && words.every((word) => /^[a-z]+$/.test(word))
    if (isSpelled) add([words.join("")], 1)
    const folded = this.cut.fold(typed)
    if (/[a-z][1-5](?![0-9])/.test(folded)) {
      const toneless = folded.replace(/([a-z]+)[1-5](?![0-9])/g, "$1 ")
      const plain = this.cut.telling(toneless)
      add(plain, VARIANT)
      add([plain.join("")], VARIANT)
    }
    for (const other of this.#renamed(folded)) add(this.cut.telling(other), VARIANT)
    return { text, words, variants }
  }

  /* The query with a name in it replaced by another for the same thing. */
  #renamed(folded) {
    const found = []
    for (const line of this.phrases) {
      const hit = line
        .map((name) => this.cut.fold(name))
        .filter((name) =>
          HAN.test(name) ? folded.includes(name) : ` ${folded} `.includes(` ${name} `),
        )
        .sort((one, other) => other.length - one.length)[0]
      if (!hit) continue
      for (const name of line)
        if (this.cut.fold(name) !== hit) found.push(folded.replace(hit, ` ${name} `))
    }
    return found.slice(0, 8)
  }

  /* Finds documents, best first. `texts` says whether what pages say is searched as well: always,
     never, or where names give little. */
  async find(text, { texts = "if-few" } = {}) {
    const query = await this.query(text)
    if (!query.words.length) return { text, hits: [], share: 0 }
    const found = await this.#weighed(query, texts)
    if (texts === "never") return { text, ...found }
    const other = await this.#corrected(query, found.unknown)
    if (!other) return { text, ...found }
    const anew = await this.#weighed(await this.query(other), texts)
    const isBetter = anew.hits.length && anew.share >= found.share
    return isBetter ? { text: other, corrected: true, ...anew } : { text, ...found }
  }

  async #weighed(query, texts) {
    const documents = new Map()
    const known = new Set()
    for (const variant of query.variants) {
      const last = variant.words.length - 1
      const matches = await Promise.all(
        variant.words.map((word, at) => this.#named(word, at === last)),
      )
      variant.tells = matches.map((match) => this.#tells(match.count))
      this.#score(variant, matches, documents)
      for (const word of variant.words.filter((_, at) => matches[at].isKnown)) known.add(word)
    }
    const isFew = () => {
      const best = Math.max(0, ...[...documents.values()].map((each) => each.inName))
      return documents.size < ENOUGH || best < 0.99
    }
    if (texts === "always" || (texts === "if-few" && isFew()))
      for (const word of await this.#addTexts(query.variants[0], documents)) known.add(word)
    const isJoined = known.has(query.words.join(""))
    const unknown = isJoined ? [] : query.words.filter((word) => !known.has(word))
    const hits = this.#ranked(query, documents)
    return { hits, share: hits[0]?.share ?? 0, unknown }
  }

  /* The names that have a word: places in them, how well the word fits each. */
  async #named(word, isLast) {
    const { split } = this
    const bare = stem(word)
    const group = this.groups.get(bare)
    const names = new Set([fileOf(word, split.names)])
    if (bare !== word && bare.length > 1) names.add(fileOf(bare, split.names))
    const files = await Promise.all([...names].map((name) => this.file("names", name)))
    const found = []
    let isKnown = false
    const add = (numbers, fits) => {
      for (const place of unpacked(numbers)) found.push({ ...place, fits })
    }
    for (const file of files)
      for (const [other, numbers] of Object.entries(file)) {
        if (other.startsWith("~")) continue
        if (other === word) add(numbers, EXACT)
        else if (stem(other) === bare) add(numbers, SAME_STEM)
        else if (this.#begins(other, word, isLast)) {
          add(
            numbers,
            (isLast ? BEGINS : BEGINS_INSIDE) + PER_LETTER * (word.length / other.length),
          )
          if (isLast || word.length > 3) isKnown = true
          continue
        } else continue
        isKnown = true
      }
    if (group) {
      const key = `~${group}`
      const numbers = (await this.file("names", fileOf(key, split.names)))[key]
      if (numbers) {
        add(numbers, SYNONYM)
        isKnown = true
      }
    }
    return { found, isKnown, count: new Set(found.map((place) => place.slot)).size }
  }

  #begins(other, word, isLast) {
    if (!other.startsWith(word) || isNumber(word)) return false
    if (!isLatin(word)) return true
    return isLast ? word.length > 1 : word.length > 3
  }

  /* How much a word tells: the fewer documents have it, the more. */
  #tells(count) {
    return Math.log(1 + this.count / Math.max(count, 0.5))
  }

  #document(documents, slot) {
    if (!documents.has(slot))
      documents.set(slot, { slot, name: 0, sort: 0, inName: 0, parts: new Map(), isText: false })
    return documents.get(slot)
  }

  /* Weighs the names of all documents against one variant of a query. */
  #score(variant, matches, documents) {
    for (const form of formsOf(matches)) {
      const each = this.#document(documents, form.slot)
      const { value, share } = valued(form, variant)
      if (value * variant.worth > each.name) {
        each.name = value * variant.worth
        each.sort = form.sort
      }
      each.inName = Math.max(each.inName, share * variant.worth)
      const parts = this.#parts(each, variant)
      const worth = form.sort === TITLE ? 0.8 : 1
      for (const at of form.fits.keys())
        parts[at] = Math.max(parts[at], (form.fits[at] ?? 0) * worth)
    }
  }

  #parts(each, variant) {
    if (!each.parts.has(variant))
      each.parts.set(
        variant,
        variant.words.map(() => 0),
      )
    return each.parts.get(variant)
  }

  /* Adds what texts have of a query; returns the words that some text has. */
  async #addTexts(variant, documents) {
    const known = []
    const found = await Promise.all(variant.words.map((word) => this.#inTexts(word)))
    found.forEach((marks, at) => {
      if (!marks) return
      known.push(variant.words[at])
      if (marks.size && variant.tells[at] > this.#tells(1))
        variant.tells[at] = Math.min(variant.tells[at], this.#tells(marks.size))
    })
    found.forEach((marks, at) => {
      for (const [slot, much] of marks ?? []) {
        const each = this.#document(documents, slot)
        const parts = this.#parts(each, variant)
        if (OF_TEXT[much] > parts[at]) {
          parts[at] = OF_TEXT[much]
          each.isText = true
        }
      }
    })
    found.forEach((marks, at) => {
      if (marks?.size === 0)
        for (const each of documents.values()) {
          const parts = this.#parts(each, variant)
          parts[at] = Math.max(parts[at], EVERYWHERE)
        }
    })
    return known
  }

  /* The documents whose text has a word, in one of its forms or by a synonym; undefined where none
     has, none where nearly all have. */
  async #inTexts(word) {
    const bare = stem(word)
    const file = await this.file("contents", fileOf(word, this.split.contents))
    const marks = new Map()
    let isKnown = false
    const add = (numbers) => {
      isKnown = true
      for (const [slot, much] of unpackedTexts(numbers))
        marks.set(slot, Math.max(much, marks.get(slot) ?? 0))
    }
    for (const [other, numbers] of Object.entries(file))
      if (other === word || (!other.startsWith("~") && stem(other) === bare)) {
        if (!numbers.length) return new Map()
        add(numbers)
      }
    const key = `~${this.groups.get(bare)}`
    if (this.groups.has(bare)) {
      const group = await this.file("contents", fileOf(key, this.split.contents))
      if (group[key]) add(group[key])
    }
    return isKnown ? marks : undefined
  }

  /* Documents in the order in which they are shown. */
  #ranked(query, documents) {
    const hits = []
    const all = query.words.length
    const isQuestion = QUESTION.test(query.text.trim())
    for (const each of documents.values()) {
      const share = this.#share(each)
      const { weight, kind } = this.documents.get(each.slot)
      const worth = Math.max(each.name, APART * share ** 2)
      const extra = isQuestion && kind === "claims" ? FOR_CLAIM : 0
      const score = 100 * worth + weight + extra
      const { slot, inName, isText } = each
      hits.push({ slot, kind, score, share, inName, isText, hasAll: all === 1 || hasAll(each) })
    }
    hits.sort((one, other) => other.score - one.score || one.slot - other.slot)
    const least = (hits[0]?.share ?? 0) * 0.6
    return hits.filter((hit, at) => at < 3 || hit.share >= least)
  }

  /* How much of the query a document has, in any of its names and in its text. */
  #share(each) {
    let best = 0
    for (const [variant, parts] of each.parts) {
      const total = variant.tells.reduce((sum, one) => sum + one, 0)
      const has = parts.reduce((sum, part, at) => sum + part * variant.tells[at], 0)
      best = Math.max(best, (variant.worth * has) / total)
    }
    return best
  }

  /* For a query that finds nothing: the words that look most like it, and the kind of record whose
     index is likeliest to help. */
  async nearest(text, hits) {
    this.vocabulary ??= (await this.read("words")).split(" ")
    const wanted = pairs(this.cut.fold(text))
    const words = this.vocabulary
      .map((word) => ({ word, like: alike(wanted, pairs(word)) }))
      .filter(({ like }) => like > 0.34)
      .sort((one, other) => other.like - one.like)
      .slice(0, 3)
      .map(({ word }) => word)
    const kind = hits[0]?.kind ?? (/\d/.test(text) && !HAN.test(text) ? "citations" : "terms")
    return { words, kind: kind === "pages" ? "terms" : kind }
  }

  /* The query with words that nobody knows replaced by the nearest ones known; undefined where there
     are none. */
  async #corrected({ text }, unknown) {
    const wrong = unknown.filter((word) => word.length > 3 && /^[a-z]+$/.test(word))
    if (!wrong.length) return undefined
    this.vocabulary ??= (await this.read("words")).split(" ")
    let other = this.cut.fold(text)
    for (const word of wrong) {
      const near = nearest(word, this.vocabulary)
      if (near) other = other.replace(word, near)
    }
    return other === this.cut.fold(text) ? undefined : other
  }
}

const pairs = (text) => {
  const letters = text.replace(/[^\p{L}\p{N}]+/gu, "")
  return new Set([...letters].slice(1).map((letter, at) => [...letters][at] + letter))
}

/* How much two sets of pairs of letters have in common, from 0 to 1. */
const alike = (one, other) => {
  const shared = [...one].filter((pair) => other.has(pair)).length
  return (2 * shared) / (one.size + other.size || 1)
}

/* Whether a document has all words of one of the forms of a query. */
const hasAll = ({ parts }) => [...parts.values()].some((each) => each.every((part) => part > 0))

/* The names that have words of a query, with how well and where. */
const formsOf = (matches) => {
  const forms = new Map()
  matches.forEach(({ found }, at) => {
    for (const { slot, form: number, length, sort, place, fits } of found) {
      const key = slot * FORMS + number
      if (!forms.has(key)) forms.set(key, { slot, length, sort, fits: [], places: [] })
      const form = forms.get(key)
      if (fits > (form.fits[at] ?? 0)) {
        form.fits[at] = fits
        form.places[at] = place
      }
    }
  })
  return forms.values()
}

/* What a name is worth for a query, and how much of the query it has. */
const valued = ({ length, sort, fits, places }, { words, tells }) => {
  const total = tells.reduce((sum, one) => sum + one, 0)
  let share = 0
  let exact = 0
  let inOrder = 0
  for (let at = 0; at < words.length; at++) {
    if (!fits[at]) continue
    share += (tells[at] * fits[at]) / total
    if (fits[at] >= SAME_STEM) exact++
    if (at && places[at] === places[at - 1] + 1) inOrder++
  }
  const covered = Math.min(1, new Set(places.filter((place) => place !== undefined)).size / length)
  const order = words.length > 1 ? inOrder / (words.length - 1) : 1
  if (covered === 1 && exact === words.length && length === words.length)
    return { value: WHOLE[sort] - 0.06 * (1 - order), share }
  const fit = (1 - SHARE_OF_NAME * (1 - covered)) * (0.94 + 0.06 * order)
  return { value: WORTH[sort] * share ** 1.6 * fit, share }
}

/* The nearest of the words known: one slip in a short word, two in a long one; of those as near the
   one that begins alike, then the one that stands in most names. */
const nearest = (word, vocabulary) => {
  const most = word.length < 8 ? 1 : 2
  let best
  let least = most + 1
  for (const other of vocabulary) {
    if (other[0] !== word[0] && other[0] !== word[1] && other[1] !== word[0]) continue
    const slips = distance(word, other, most) + (other[0] === word[0] ? 0 : 0.5)
    if (slips < least) [best, least] = [other, slips]
  }
  return best
}
