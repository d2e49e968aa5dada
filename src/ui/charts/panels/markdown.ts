// Markdown and HTML reduced to what a terminal's lines can say: headings, lists, tables, links as their text.

export interface MarkdownLine {
  readonly text: string
  readonly heading: boolean
  /** What stands before the first line of it; further lines are set in by as much. */
  readonly lead: string
  /** Kept as it is: code and tables, whose columns would be lost. */
  readonly fixed: boolean
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

export function markdownLines(source: string): MarkdownLine[] {
  const lines: MarkdownLine[] = []
  let code = false
  for (const raw of source.split('\n')) {
    const line = raw.trimEnd()
    if (/^\s*(?:```|~~~)/.test(line)) code = !code
    else if (code) lines.push(plainLine(line, { fixed: true }))
    else lines.push(markdownLine(line))
  }
  return withoutDoubleBlanks(lines)
}

/** Tags are taken away; those that begin a line in a browser begin one here. */
export function htmlText(source: string): string {
  return unescaped(
    source
      .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi, '')
      .replace(/<h([1-6])\b[^>]*>/gi, (_, level: string) => `\n${'#'.repeat(Number(level))} `)
      .replace(/<li\b[^>]*>/gi, '\n- ')
      .replace(/<\/?(?:p|div|br|h[1-6]|ul|ol|tr|table|section|header|hr|center)\b[^>]*>/gi, '\n')
      .replace(/<\/t[dh]>/gi, '  ')
      .replace(/<\/?[a-z][^>]*>/gi, ''),
  )
}

const unescaped = (text: string) =>
  text.replace(/&(#?\w{1,8});/g, (whole, name: string) => {
    const code = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name)
    if (code === null) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole
    const point = code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })

function markdownLine(line: string): MarkdownLine {
  const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line)
  if (heading !== null) return plainLine(inline(heading[1] ?? ''), { heading: true })
  if (/^\s*(?:[-*_]\s*){3,}$/.test(line)) return plainLine('')
  if (/^\s*\|.*\|\s*$/.test(line)) return plainLine(inline(line.trim()), { fixed: true })
  const item = /^(\s*)(?:[-*+]|(\d+[.)]))\s+(.*)$/.exec(line)
  if (item !== null) {
    const lead = `${(item[1] ?? '').slice(0, 8)}${item[2] ?? '-'} `
    return plainLine(inline(item[3] ?? ''), { lead })
  }
  const quoted = /^\s*>\s?(.*)$/.exec(line)
  return quoted === null ? plainLine(inline(line.trim())) : plainLine(inline(quoted[1] ?? ''), { lead: '  ' })
}

const plainLine = (text: string, more: Partial<MarkdownLine> = {}): MarkdownLine => ({
  text,
  heading: false,
  lead: '',
  fixed: false,
  ...more,
})

/** Links and pictures by their text, without the signs of emphasis and code. */
function inline(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<((?:https?:\/\/|mailto:)[^>\s]+)>/g, '$1')
    .replace(/(\*\*|__)(?=\S)(.*?\S)\1/g, '$2')
    .replace(/(^|[^\w*\\])[*_](?=\S)([^*_]*[^\s*_\\])[*_](?!\w)/g, '$1$2')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!|>])/g, '$1')
}

function withoutDoubleBlanks(lines: readonly MarkdownLine[]): MarkdownLine[] {
  const blank = (line: MarkdownLine | undefined) => line === undefined || (line.text === '' && !line.fixed)
  const kept = lines.filter((line, index) => !(blank(line) && blank(lines[index - 1])))
  return blank(kept.at(-1)) ? kept.slice(0, -1) : kept
}
