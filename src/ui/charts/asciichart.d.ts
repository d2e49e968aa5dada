// The part of asciichart that we use; the package brings no types.
declare module 'asciichart' {
  export interface PlotConfig {
    readonly min?: number
    readonly max?: number
    readonly height?: number
    readonly offset?: number
    /** Ten characters: the axis twice, the two ends, flat, four bends, upright. */
    readonly symbols?: readonly string[]
    readonly format?: (value: number, index: number) => string
  }
  export function plot(series: readonly number[], config?: PlotConfig): string
}
