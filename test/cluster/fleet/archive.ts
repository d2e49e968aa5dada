// A .tgz of a few small text files: what a Helm repository serves as a chart.
import { gzipSync } from 'node:zlib'

/** By path; the texts are small, so everything is made in memory. */
export type Files = Readonly<Record<string, string>>

const blockSize = 512

export function archive(files: Files): Buffer {
  const entries = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text)
    const padding = Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize)
    return [header(path, content.length), content, padding]
  })
  // Two empty blocks end it.
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * blockSize)]))
}

/** The header of POSIX's ustar: fields of fixed length, numbers in octal. */
function header(path: string, size: number): Buffer {
  const block = Buffer.alloc(blockSize)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  block.write(path, 0)
  block.write(octal(0o644, 7), 100)
  block.write(octal(0, 7), 108)
  block.write(octal(0, 7), 116)
  block.write(octal(size, 11), 124)
  block.write(octal(0, 11), 136)
  block.write('0', 156)
  block.write('ustar\u000000', 257)
  // The sum counts its own field as spaces.
  block.write(' '.repeat(8), 148)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${octal(sum, 6)}\u0000 `, 148)
  return block
}
