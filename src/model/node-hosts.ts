// Whose a series of node-exporter is: it names a host, by which a node is known. The one place that joins the two.
import { fields, items, text } from '#model/fields.ts'
import type { KubeObject } from '#model/kube.ts'
import { quote, quoteRegex } from '#model/promql-text.ts'

/** By host, as `hostOf` has it: the address or the name by which the exporter is scraped. Read it with `ofNode`. */
export type ByHost<T> = ReadonlyMap<string, T>

/** As the Kubernetes API names it, `ip` being its internal address. */
export interface NodeHost {
  readonly name: string
  readonly ip?: string
}

/** Of an exporter's `instance`: its port and the brackets of an IPv6 address taken away. */
export function hostOf(instance: string): string {
  return instance.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
}

/** What is known of the node: exporters are scraped by its address, some setups name them by the node instead. */
export function ofNode<T>(figures: ByHost<T> | undefined, { name, ip }: NodeHost): T | undefined {
  return (ip === undefined ? undefined : figures?.get(ip)) ?? figures?.get(name)
}

/** The matcher of the series whose `hostOf` is one of the node's two. */
export function instanceOf({ name, ip }: NodeHost): string {
  const hosts = [name, ...(ip === undefined ? [] : [ip])].map(quoteRegex).join('|')
  return `instance=~${quote(`\\[?(${hosts})\\]?(:\\d+)?`)}`
}

/** The internal address of a Node object. */
export function internalIp({ status }: KubeObject): string | undefined {
  const addresses = items(fields(status).addresses).map(fields)
  return text(addresses.find((one) => one.type === 'InternalIP')?.address)
}
