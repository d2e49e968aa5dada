// Random expressions in numbers, right ones and wrong ones.
import { Generator } from './generate.ts'
import { spoil } from './spoil.ts'

const seeds = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index)

/** Well typed; each seed gives one. */
export function generated(first: number, count: number): readonly string[] {
  return seeds(first, count).map((seed) => new Generator(seed).expression())
}

/** The published grammar, which ours is, takes no metric named `offset` and no label that begins with a colon. */
const beyondGrammar = /(?:^|[-+*/%^(,<>=]|\bbool)\s*offset\b|[(,]\s*:[a-z]/

/** With a fault of type or form. */
export function spoiled(first: number, count: number): readonly string[] {
  return seeds(first, count)
    .map((seed) => spoil(new Generator(seed).expression(), seed))
    .filter((text) => !beyondGrammar.test(text))
}
