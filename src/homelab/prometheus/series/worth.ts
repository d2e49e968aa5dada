// What a program's figures come to: by its age, or by how much it works.
import type { Program } from './process.ts'
import { grownSince } from './since.ts'

type Worth = (program: Program) => (time: number) => number

/** Grows by so much a second since the program's start. */
export const since =
  (rate: number): Worth =>
  ({ startedAt }) =>
  (time) =>
    Math.floor(((time - startedAt) / 1000) * rate)

/** Grows by so much for each second of processor time that the program has used. */
export const busy =
  (rate: number): Worth =>
  ({ signals, startedAt }) =>
  (time) =>
    Math.floor(grownSince(signals.cpu, startedAt, time) * rate)

/** A level that follows the cores in use: `base` and so many more for each core. */
export const loaded =
  (base: number, perCore: number): Worth =>
  ({ signals }) =>
  (time) =>
    Math.round(base + signals.cpu.at(time) * perCore)

/** A part of the memory in use, bytes. */
export const ofMemory =
  (share: number): Worth =>
  ({ signals }) =>
  (time) =>
    Math.round(signals.memory.at(time) * share)
