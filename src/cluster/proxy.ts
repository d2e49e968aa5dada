// Whether the environment wants a server to be reached through a proxy, by the rules of Go's net/http (golang.org/x/net/http/httpproxy), which kubectl follows.
import { BlockList, isIP } from 'node:net'

export function environmentProxy(
  server: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const url = new URL(server)
  const variable = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const proxy = env[variable] || env[variable.toLowerCase()]
  if (!proxy || isExempt(url, env.NO_PROXY || env.no_proxy || '')) return undefined
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

/** Loopback is never proxied; NO_PROXY lists `*`, hosts (their subdomains too), addresses, CIDR, each with or without a port. */
function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (host === 'localhost' || host === '::1' || /^127\./.test(host)) return true
  return noProxy
    .split(',')
    .map((rule) => rule.trim().toLowerCase())
    .some((rule) => rule !== '' && matches(rule, host, port))
}

function matches(rule: string, host: string, port: string): boolean {
  if (rule === '*') return true
  if (rule.includes('/')) return inRange(rule, host)
  const [, name = rule, rulePort] = /^\[?(.*?)\]?:(\d+)$/.exec(isIP(rule) === 6 ? '' : rule) ?? []
  if (rulePort !== undefined && rulePort !== port) return false
  if (isIP(name) > 0) return name === host
  const suffix = name.replace(/^\*/, '')
  if (suffix.startsWith('.')) return host.endsWith(suffix)
  return host === suffix || host.endsWith(`.${suffix}`)
}

function inRange(rule: string, host: string): boolean {
  const [network = '', bits = ''] = rule.split('/')
  const version = isIP(network)
  if (
    version === 0 ||
    isIP(host) !== version ||
    !/^\d+$/.test(bits) ||
    Number(bits) > (version === 4 ? 32 : 128)
  ) {
    return false
  }
  const family = version === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(network, Number(bits), family)
  return list.check(host, family)
}
