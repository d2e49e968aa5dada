// Stands in for Intl.Segmenter in the bundle. Making the real one takes 7 ms, and walking a line with it is the dearest
// part of drawing it: text in which every unit is a grapheme of its own, nearly all that is drawn, needs neither.
const esc = String.fromCharCode(0x1b)
const plain = new RegExp(`^[${esc} -~\\u2800-\\u28ff\\u2500-\\u259f…·–−→↑↓✗▲●○◌]*$`)
const { Segmenter } = globalThis.Intl

export class LazySegmenter {
  #locales
  #options
  #real

  constructor(locales, options) {
    this.#locales = locales
    this.#options = options
  }

  segment(text) {
    if ((this.#options?.granularity ?? 'grapheme') === 'grapheme' && plain.test(text)) return units(text)
    this.#real ??= new Segmenter(this.#locales, this.#options)
    return this.#real.segment(text)
  }
}

/** Segments as the real one gives them: to walk through, or to be asked which one holds a unit. */
function units(text) {
  const at = (index) => ({ segment: text[index], index, input: text })
  return {
    *[Symbol.iterator]() {
      for (let index = 0; index < text.length; index++) yield at(index)
    },
    containing: (index = 0) => (index >= 0 && index < text.length ? at(index) : undefined),
  }
}
