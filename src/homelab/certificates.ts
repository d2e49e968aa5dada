// The homelab's own certificate authority: EC keys, made anew with every start, kept in memory only.
// reflect-metadata comes first: the certificate library finds its parts by it.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY = 24 * 3600 * 1000

/** PEM texts of a certificate and its private key. */
export interface KeyPair {
  readonly certificate: string
  readonly key: string
}

export interface Certificates {
  /** The authority's certificate, PEM. */
  readonly authority: string
  readonly server: KeyPair
  /** The administrator: `O=system:masters`, as kubeadm's admin.conf has it. */
  readonly admin: KeyPair
}

/** Makes an authority, a server certificate for loopback and a client certificate for the administrator. */
export async function createCertificates(): Promise<Certificates> {
  x509.cryptoProvider.set(webcrypto)
  const keys = await generateKeys()
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=homelab-ca',
    ...validity(),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature, true),
    ],
  })
  const issue = async (subject: string, extensions: x509.Extension[]): Promise<KeyPair> => {
    const own = await generateKeys()
    const certificate = await x509.X509CertificateGenerator.create({
      subject,
      issuer: authority.subject,
      ...validity(),
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true), ...extensions],
    })
    const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', own.privateKey)
    return { certificate: certificate.toString('pem'), key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') }
  }
  const [server, admin] = await Promise.all([
    issue('CN=kube-apiserver', [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: 'kubernetes' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ]),
    issue('O=system:masters, CN=admin', [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ]),
  ])
  return { authority: authority.toString('pem'), server, admin }
}

const generateKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])

const validity = () => ({ notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 365 * DAY) })
