// A connection that failed, as a SourceError: refused, not found, not trusted, cut. The codes are Node's
// (system errors, OpenSSL verify results) and mean the same on every platform.

import { SourceError } from '#model/reading.ts'
import { isFields, text } from './fields.ts'
import { oneLine } from './wire.ts'

/** `server` is the address that was asked, as in the kubeconfig. A SourceError passes unchanged. */
export function networkError(error: unknown, server: string): SourceError {
  if (error instanceof SourceError) return error
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : String(error)
  const known = describe(code, error, server)
  if (known) return new SourceError(known, { cause: error })
  const detail = `cannot reach ${server}: ${oneLine(message || code)}`
  return new SourceError({ reason: 'unreachable', detail }, { cause: error })
}

export function timeoutError(what: string, milliseconds: number): SourceError {
  const span = milliseconds < 100 ? `${milliseconds} ms` : `${Math.round(milliseconds / 100) / 10} s`
  return new SourceError({
    reason: 'timeout',
    detail: `${what} within ${span}`,
    fix: 'check the network and the VPN; --timeout waits longer',
  })
}

/** What to throw for an aborted signal: its reason, but the time-out of a caller is an expected failure. */
export function abortError(signal: AbortSignal, server: string): unknown {
  const reason: unknown = signal.reason
  if (reason instanceof DOMException && reason.name === 'TimeoutError') {
    return new SourceError(
      { reason: 'timeout', detail: `${server} did not answer in time` },
      { cause: reason },
    )
  }
  return reason
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  // A host with several addresses fails with one error for each of them.
  if (error instanceof AggregateError && !('code' in error)) return codeOf(error.errors[0])
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // EPROTO wraps what OpenSSL said.
  return code === 'EPROTO' ? `ERR_SSL ${error.message}` : code
}

const trustFix = 'check certificate-authority of this cluster in the kubeconfig'

function describe(code: string, error: unknown, server: string) {
  const unreachable = (detail: string, fix?: string) =>
    ({ reason: 'unreachable', detail, ...(fix !== undefined && { fix }) }) as const
  switch (code) {
    case 'ECONNREFUSED':
      return unreachable(`${server} refuses connections`, 'is the API server running, and the port right?')
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return unreachable(
        `the name in ${server} cannot be resolved`,
        'check DNS, the VPN and the server in the kubeconfig',
      )
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return unreachable(`there is no route to ${server}`, 'check the network and the VPN')
    case 'ETIMEDOUT':
      return {
        reason: 'timeout',
        detail: `${server} did not answer`,
        fix: 'check the network and the VPN',
      } as const
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return unreachable(`the connection to ${server} was cut`)
    case 'CERT_HAS_EXPIRED':
      return unreachable(
        `the certificate of ${server} has expired`,
        'renew it, or check this machine’s clock',
      )
    case 'CERT_NOT_YET_VALID':
      return unreachable(`the certificate of ${server} is not valid yet`, 'check this machine’s clock')
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return unreachable(
        `the certificate of ${server} is for another host: ${altNames(error)}`,
        'use one of its names in the kubeconfig, or set tls-server-name',
      )
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_SIGNATURE_FAILURE':
    case 'CERT_UNTRUSTED':
      return unreachable(`the certificate of ${server} is not trusted (${code})`, trustFix)
    default:
      if (code.startsWith('HPE_')) {
        return { reason: 'garbage', detail: `${server} does not speak HTTP (${code})` } as const
      }
      if (/^Z_|ERR_PADDING/.test(code))
        return { reason: 'garbage', detail: `${server} sent broken gzip` } as const
      if (/^ERR_SSL.*(wrong.version.number|packet.length.too.long|http.request)/i.test(code)) {
        return unreachable(`${server} does not speak TLS`, 'use http:// in the kubeconfig if that is meant')
      }
      if (/^ERR_SSL.*(alert|certificate.required)/i.test(code)) {
        return {
          reason: 'unauthorized',
          detail: `${server} does not accept the client certificate`,
          fix: 'renew the client certificate of this context’s user',
        } as const
      }
      return undefined
  }
}

/** The names that the certificate does have, from Node's error. */
function altNames(error: unknown): string {
  const names = isFields(error) && isFields(error.cert) ? text(error.cert.subjectaltname) : undefined
  return oneLine((names ?? 'it names none').replaceAll('IP Address:', '').replaceAll('DNS:', ''), 120)
}
